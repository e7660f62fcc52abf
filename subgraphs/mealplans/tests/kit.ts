import {
  AnnounceMealPlan,
  DeleteShoppingList,
  GenerateShoppingList,
  ValidateUser,
} from '@mealprep360/contracts/commands';
import type { MealPlanState } from '@mealprep360/contracts/mealplans';
import type { RecipeState } from '@mealprep360/contracts/recipes';
import type { Preferences, Settings } from '@mealprep360/contracts/users';
import { command, NotYet, Refused, type Command } from '@mealprep360/events/commands';
import { outboxCollection } from '@mealprep360/events/outbox';
import type { Tx } from '@mealprep360/events/unit-of-work';
import { collection } from '@mealprep360/mongo/collection';
import { newId } from '@mealprep360/mongo/id';
import type { Scope, Subgraph } from '@mealprep360/service/subgraph';
import { openRooms, room, type AnyRoom, type Answer, type Rooms } from '@mealprep360/testing/rooms';
import { parse } from 'graphql';
import { expect } from 'vitest';
import { mealplans } from '../src/index.ts';

/** What a neighbour did for a saga; each deed is a row of its own, so a second time shows. */
interface Deed {
  _id: string;
  deed: string;
  planId: string;
  plan: MealPlanState;
}
const deeds = collection<Deed>('deeds', { deed: String, planId: String, plan: Object });

/** How the imitated neighbours behave, and what they know. */
export interface Neighbours {
  /** 'HANGS' for the owner of a plan never answers, 'UNKNOWN' is refused */
  owners: Map<string, 'HANGS' | 'UNKNOWN'>;
  /** plans of these owners get no list until they are taken out */
  withoutList: Set<string>;
  users: Map<string, { preferences: Preferences; settings: Settings } | 'AWAY'>;
  recipes: Map<string, { version: number; state: RecipeState }>;
  recipesAreAway: boolean;
  /** the internal questions that were asked */
  asked: string[];
}

export interface House extends Rooms {
  neighbours: Neighbours;
  graph: (userId: string | null, document: string, variables?: Record<string, unknown>) => Promise<Answer>;
  operator: (document: string, variables?: Record<string, unknown>) => Promise<Answer>;
  deedsFor: (service: string, planId: string) => Promise<string[]>;
  said: (planId: string) => Promise<{ eventType: string; version: number; eventData: unknown }[]>;
}

/** The room of meal plans on real servers, between neighbours that take part in its saga. */
export async function openHouse(): Promise<House> {
  const neighbours: Neighbours = {
    owners: new Map(),
    withoutList: new Set(),
    users: new Map(),
    recipes: new Map(),
    recipesAreAway: false,
    asked: [],
  };
  const rooms = await openRooms([
    room(mealplans),
    neighbour('users', [validate(neighbours)], { '/internal/users/by-ids': body => usersById(neighbours, body) }),
    neighbour('recipes', [], { '/internal/recipes/by-ids': body => recipesById(neighbours, body) }),
    neighbour('shopping', [generate(neighbours)]),
    neighbour('notifications', [announce]),
  ]);
  return {
    ...rooms,
    neighbours,
    graph: (userId, document, variables) => rooms.query('mealplans', userId ? { userId } : null, document, variables),
    operator: (document, variables) =>
      rooms.query('mealplans', { userId: newId(), roles: ['USER', 'OPERATOR'] }, document, variables),
    deedsFor: async (service, planId) => {
      const rows = await rooms.service(service).db.raw(deeds).find({ planId }).toArray();
      return rows.map(row => row.deed);
    },
    said: async planId => {
      const outbox = rooms.service('mealplans').db.raw(outboxCollection());
      const rows = await outbox.find({ aggregateType: 'MealPlan', aggregateId: planId }).sort({ version: 1 }).toArray();
      return rows.map(({ eventType, version, eventData }) => ({ eventType, version, eventData }));
    },
  };
}

type Answers = Record<string, (body: unknown) => Promise<unknown>>;

function neighbour(name: string, commands: Command<Tx>[], answers: Answers = {}): AnyRoom {
  const subgraph: Subgraph<Tx, Scope<Tx>> = {
    name,
    envPrefix: '',
    typeDefs: parse('type Query { _neighbour: Boolean }'),
    resolvers: {},
    collections: [deeds],
    context: scope => scope,
    work: tx => tx,
    heardBy: ['mealplans'],
    commands,
    internal: Object.fromEntries(
      Object.entries(answers).map(([path, answer]) => [path, { callers: ['mealplans'], answer }]),
    ),
  };
  return room(subgraph);
}

const did = async (tx: Tx, deed: string, plan: MealPlanState) => {
  await tx.db.raw(deeds).insertOne({ _id: newId(), deed, planId: plan.id, plan }, { session: tx.session });
};

const validate = ({ owners }: Neighbours) =>
  command<Tx>()(ValidateUser, {
    run: ({ userId }) => {
      if (owners.get(userId) === 'HANGS') throw new NotYet('users is lost in thought');
      if (owners.get(userId) === 'UNKNOWN') throw new Refused('USER_NOT_FOUND', 'There is no such user.');
      return Promise.resolve({});
    },
  });

const generate = ({ withoutList }: Neighbours) =>
  command<Tx>()(GenerateShoppingList, {
    run: async ({ plan }, tx) => {
      if (withoutList.has(plan.ownerId)) throw new NotYet('the recipes have not arrived');
      await did(tx, 'generated', plan);
      return { shoppingListId: newId() };
    },
    undo: ({ plan }, tx) => did(tx, DeleteShoppingList.name, plan),
  });

const announce = command<Tx>()(AnnounceMealPlan, {
  run: async ({ plan }, tx) => {
    await did(tx, 'announced', plan);
    return {};
  },
});

export const preferences: Preferences = {
  diets: [],
  allergens: [],
  dislikedIngredients: [],
  favoriteCuisines: [],
  defaultServings: 3,
  measurementSystem: 'METRIC',
};
export const settings: Settings = {
  timeZone: 'Pacific/Auckland',
  locale: 'en-NZ',
  weekStartsOn: 'MONDAY',
  notificationChannels: [],
};

function usersById({ users, asked }: Neighbours, body: unknown): Promise<unknown> {
  const { ids } = body as { ids: string[] };
  asked.push(`users ${ids.length}`);
  if (ids.some(id => users.get(id) === 'AWAY')) return Promise.reject(new Error('users is away'));
  const found = ids.map(id => ({ id, version: 1, preferences, settings, ...(users.get(id) as object) }));
  return Promise.resolve({ users: found });
}

function recipesById({ recipes, asked, recipesAreAway }: Neighbours, body: unknown): Promise<unknown> {
  const { ids, viewerId } = body as { ids: string[]; viewerId: string };
  asked.push(`recipes ${ids.length}`);
  if (recipesAreAway) return Promise.reject(new Error('recipes is away'));
  const found = ids.flatMap(id => recipes.get(id) ?? []);
  return Promise.resolve({
    recipes: found.filter(({ state }) => state.visibility !== 'PRIVATE' || state.ownerId === viewerId),
  });
}

export const recipeState = (change: Partial<RecipeState> = {}): RecipeState => ({
  id: newId(),
  slug: 'red-lentil-dahl',
  title: 'Red Lentil Dahl',
  description: null,
  ownerId: null,
  visibility: 'PUBLIC',
  recipeYield: '4',
  recipeIngredient: ['1 cup red lentils'],
  suitableForDiet: [],
  allergens: [],
  recipeCategory: [],
  recipeCuisine: [],
  keywords: [],
  totalMinutes: null,
  lastUpdated: new Date('2026-11-01T00:00:00Z'),
  ...change,
});

/** A recipe that recipes knows, and that mealplans has not heard of. */
export function recipeAtItsOwner({ recipes }: Neighbours, change: Partial<RecipeState> = {}, version = 1): string {
  const state = recipeState(change);
  recipes.set(state.id, { version, state });
  return state.id;
}

export const CREATE = `mutation ($input: CreateMealPlanInput!) {
  createMealPlan(input: $input) { mealPlan { id status version } userErrors { code message path } }
}`;

export const week = (change: object = {}) => ({
  input: {
    startDate: '2026-11-23',
    endDate: '2026-11-29',
    generateShoppingList: false,
    idempotencyKey: newId(),
    ...change,
  },
});

/** An ACTIVE plan of the week, and its items' ids in order. */
export async function activePlan(
  { graph }: House,
  userId: string,
  items: object[] = [],
  change: object = {},
): Promise<{ id: string; items: string[] }> {
  const { data, errors } = await graph(
    userId,
    `mutation ($input: CreateMealPlanInput!) {
      createMealPlan(input: $input) { mealPlan { id status items { id } } userErrors { code message path } }
    }`,
    week({ items, ...change }),
  );
  const plan = data?.createMealPlan.mealPlan;
  if (plan?.status !== 'ACTIVE') throw new Error(`no active plan: ${JSON.stringify({ data, errors })}`);
  return { id: plan.id, items: plan.items.map((item: { id: string }) => item.id) };
}

export const dinner = (date: string, change: object = {}) => ({
  date,
  mealType: 'DINNER',
  note: 'something',
  servings: 2,
  ...change,
});

/** What comes in time: an event takes its way through outbox, relay and reader, and the machine may be busy. */
export const eventually = <Value>(read: () => Promise<Value>) => expect.poll(read, { timeout: 20_000, interval: 100 });
