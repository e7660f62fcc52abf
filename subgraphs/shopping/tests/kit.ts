import { CommandRequested } from '@mealprep360/contracts/commands';
import {
  type DaySkipped,
  type DayUnskipped,
  MealPlanCreated,
  MealPlanDeleted,
  MealPlanUpdated,
  type MealPlanState,
} from '@mealprep360/contracts/mealplans';
import { RecipeCreated, RecipeUpdated, type RecipeState } from '@mealprep360/contracts/recipes';
import { UserCreated } from '@mealprep360/contracts/users';
import type { MeasurementSystem } from '@mealprep360/contracts/vocabulary';
import { commandRows } from '@mealprep360/events/commands';
import { outboxCollection } from '@mealprep360/events/outbox';
import { newId } from '@mealprep360/mongo/id';
import { openRooms, room, speaker, type Answer, type Rooms } from '@mealprep360/testing/rooms';
import { expect } from 'vitest';
import { shopping } from '../src/index.ts';
import { planCopyCollection } from '../src/models/plan-copy.ts';
import { userCopyCollection } from '../src/models/user-copy.ts';

/** The room of shopping lists on real servers, between neighbours that say real events. */
export interface House extends Rooms {
  graph: (userId: string | null, document: string, variables?: object) => Promise<Answer>;
  /** the payload of a mutation, which had no errors of its own */
  mutate: (userId: string, field: string, variables: object) => Promise<Answer['data']>;
  said: (listId: string) => Promise<{ eventType: string; version: number; eventData: unknown }[]>;
}

/** Waits, on a busy machine too, until what others said has been heard. */
export const soon = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: 20_000 });

export async function openHouse(): Promise<House> {
  const rooms = await openRooms([room(shopping), speaker('users'), speaker('recipes'), speaker('mealplans')]);
  const graph: House['graph'] = (userId, document, variables) =>
    rooms.query('shopping', userId === null ? null : { userId }, document, { ...variables });
  return {
    ...rooms,
    graph,
    mutate: async (userId, field, variables) => {
      const { data, errors } = await graph(userId, mutations[field] ?? '', variables);
      expect(errors).toBeUndefined();
      return data[field];
    },
    said: async listId => {
      const outbox = rooms.service('shopping').db.raw(outboxCollection());
      const rows = await outbox.find({ aggregateId: listId }).sort({ version: 1 }).toArray();
      return rows.map(({ eventType, version, eventData }) => ({ eventType, version, eventData }));
    },
  };
}

const item = `id food display aisle checked note manual version asNeeded checkedBy { id }
  amounts { quantity quantityMax unit } sources { line measure { quantity unit } recipe { id } mealPlanItem { id } }`;
const list = `id name version status owner { id } mealPlans { id } collaborators { role user { id } } store { id name }
  items { totalCount nodes { ${item} } }`;
const errors = 'userErrors { code message path }';
const mutation = (field: string, types: Record<string, string>, payload: string) => {
  const names = Object.keys(types);
  const declared = names.map(name => `$${name}: ${types[name] ?? ''}`).join(', ');
  const passed = names.map(name => `${name}: $${name}`).join(', ');
  return `mutation (${declared}) { ${field}(${passed}) { ${payload} ${errors} } }`;
};
const ofList = `shoppingList { ${list} }`;
const ofItem = `item { ${item} }`;
const ofStore = 'store { id name address aisleOrder }';

const mutations: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['createShoppingList', { name: 'String!' }, ofList],
      ['generateShoppingList', { mealPlanId: 'ID!', into: 'ID' }, ofList],
      ['addShoppingItem', { listId: 'ID!', text: 'String!' }, ofItem],
      ['updateShoppingItem', { id: 'ID!', expectedVersion: 'Int!', input: 'ShoppingItemPatch!' }, ofItem],
      ['setItemChecked', { id: 'ID!', checked: 'Boolean!', expectedVersion: 'Int', clientMutationId: 'ID' }, ofItem],
      ['removeShoppingItem', { id: 'ID!' }, 'deletedId'],
      ['clearChecked', { listId: 'ID!' }, ofList],
      ['shareShoppingList', { listId: 'ID!', userId: 'ID!', role: 'ListRole!' }, ofList],
      ['unshareShoppingList', { listId: 'ID!', userId: 'ID!' }, ofList],
      ['archiveShoppingList', { id: 'ID!' }, ofList],
      ['setPreferredStore', { listId: 'ID!', storeId: 'ID' }, ofList],
      ['createStoreLocation', { input: 'StoreLocationInput!' }, ofStore],
      ['updateStoreLocation', { id: 'ID!', input: 'StoreLocationInput!' }, ofStore],
      [
        'mapIngredient',
        { food: 'String!', aisle: 'String!', purchaseUnit: 'String' },
        'mapping { food canonicalFood aisle purchaseUnit }',
      ],
    ] as const
  ).map(([field, types, payload]) => [field, mutation(field, types, payload)]),
);

/** The list as this viewer sees it; null for who may not. */
export const readList = async (house: House, userId: string | null, id: string) => {
  const { data } = await house.graph(userId, `query ($id: ID!) { shoppingList(id: $id) { ${list} } }`, { id });
  return data.shoppingList;
};

/** What stands on the list: each food with what is shown of its amounts. */
export const foodsOn = async (house: House, userId: string, id: string): Promise<Record<string, string>> => {
  const read = await readList(house, userId, id);
  const items: { food: string; display: string }[] = read?.items.nodes ?? [];
  return Object.fromEntries(items.map(({ food, display }) => [food, display]));
};

export const listOfPlan = async (house: House, userId: string | null, planId: string) => {
  const document = `query ($plan: [_Any!]!) {
    _entities(representations: $plan) { ... on MealPlan { shoppingList { ${list} } } }
  }`;
  const { data } = await house.graph(userId, document, { plan: [{ __typename: 'MealPlan', id: planId }] });
  return data._entities[0].shoppingList;
};

export const recipeState = (ownerId: string | null, recipeIngredient: string[], change = {}): RecipeState => ({
  ...{ id: newId(), slug: 'a-dish', title: 'A dish', description: null },
  ...{ ownerId, visibility: ownerId === null ? ('PUBLIC' as const) : ('PRIVATE' as const) },
  ...{ recipeYield: '2 servings', recipeIngredient, suitableForDiet: [], allergens: [], recipeCategory: [] },
  ...{ recipeCuisine: [], keywords: [], totalMinutes: null, lastUpdated: new Date('2026-11-01T00:00:00Z') },
  ...change,
});

export const dinner = (date: string, recipeId: string | null, change: object = {}) => ({
  ...{ id: newId(), date, mealType: 'DINNER' as const, recipeId, recipeVersion: recipeId === null ? null : 1 },
  ...{ note: recipeId === null ? 'out' : null, servings: 2, leftoverOfId: null, position: 0 },
  ...change,
});

export const planState = (
  ownerId: string,
  items: MealPlanState['items'],
  change: Partial<MealPlanState> = {},
): MealPlanState => ({
  ...{ id: newId(), ownerId, name: 'Our week', startDate: '2026-11-23', endDate: '2026-11-29', items },
  ...{ skippedDays: [], status: 'ACTIVE' as const, shoppingList: true },
  ...change,
});

export const sayRecipe = (house: House, state: RecipeState, version = 1) =>
  house.say('recipes', (version === 1 ? RecipeCreated : RecipeUpdated).of(state.id, version, state));
export const sayPlan = (house: House, state: MealPlanState, version = 1) =>
  house.say('mealplans', (version === 1 ? MealPlanCreated : MealPlanUpdated).of(state.id, version, state));
export const sayDay = (
  house: House,
  said: typeof DaySkipped | typeof DayUnskipped,
  plan: MealPlanState,
  day: string,
  version: number,
) => house.say('mealplans', said.of(plan.id, version, { ...plan, day }));
export const sayPlanGone = (house: House, { id, ownerId }: MealPlanState, version: number) =>
  house.say('mealplans', MealPlanDeleted.of(id, version, { id, ownerId }));

/** A user that shopping has heard of. */
export async function newUser(house: House, measurementSystem: MeasurementSystem = 'METRIC'): Promise<string> {
  const id = newId();
  const preferences = {
    ...{ diets: [], allergens: [], dislikedIngredients: [], favoriteCuisines: [] },
    ...{ defaultServings: 2, measurementSystem },
  };
  const settings = {
    ...{ timeZone: 'Pacific/Auckland', locale: 'en-NZ', weekStartsOn: 'MONDAY' as const },
    notificationChannels: [],
  };
  await house.say('users', UserCreated.of(id, 1, { id, preferences, settings }));
  const known = house.service('shopping').db.raw(userCopyCollection);
  await soon(() => known.countDocuments({ _id: id })).toBe(1);
  return id;
}

/** One step of the saga that creates a plan, as mealplans asks for it. */
export const request = (house: House, plan: MealPlanState, { undo = false, seconds = 10, version = 1 } = {}) =>
  house.say(
    'mealplans',
    CommandRequested.of(
      plan.id,
      version,
      {
        ...{ sagaId: plan.id, step: 2, undo, input: { plan } },
        command: undo ? 'DeleteShoppingList' : 'GenerateShoppingList',
        deadline: undo ? null : new Date(Date.now() + seconds * 1000),
      },
      'shopping',
    ),
  );

/** The version of a plan that shopping has heard of last. */
export const planVersionHeard = async (house: House, id: string): Promise<number | undefined> =>
  (await house.service('shopping').db.raw(planCopyCollection).findOne({ _id: id }))?.version;

export const commandState = async (house: House, plan: MealPlanState): Promise<string | undefined> => {
  const rows = house.service('shopping').db.raw(commandRows);
  return (await rows.findOne({ _id: `${plan.id}:2` }))?.state;
};

/** A plan that was created with its list, as the saga does it. */
export async function planWithList(house: House, plan: MealPlanState): Promise<string> {
  await request(house, plan);
  await soon(() => commandState(house, plan)).toBe('DONE');
  await sayPlan(house, plan);
  return (await listOfPlan(house, plan.ownerId, plan.id)).id;
}
