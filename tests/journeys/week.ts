import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { signUp, type Client } from './client.ts';

const shipped = readFileSync('dev-env/data/recipes.jsonl', 'utf8').trim().split('\n');

/** Monday to Sunday. */
const dinners = [
  'Red Lentil Dahl',
  'Ratatouille',
  'Shakshouka',
  'Spanish Tortilla',
  'Spaghetti aglio e olio',
  'Pasta Alla Norma',
  'Spinach-Rice Casserole',
];

const monday = '2026-11-30';
const dayAfter = (days: number) => `2026-${days === 0 ? '11-30' : `12-0${days}`}`;

export const wednesday = dayAfter(2);

/** Ana as the journey meets her: in Auckland, cooking for two, by the gram. */
export async function ana(graph: string): Promise<Client> {
  const person = await signUp(graph, 'Ana', 'Pacific/Auckland');
  const { updatePreferences } = await person.ask(
    'mutation { updatePreferences(input: { measurementSystem: METRIC, defaultServings: 2 }) { userErrors { code } } }',
  );
  expect(updatePreferences.userErrors).toEqual([]);
  return person;
}

/** Imports one of the shipped recipes as the person's own; its id. */
export async function importShipped(
  person: Client,
  name: string,
  visibility: 'PRIVATE' | 'PUBLIC' = 'PRIVATE',
): Promise<string> {
  const jsonLd = shipped.find(line => (JSON.parse(line) as { name: string }).name === name);
  const { importRecipe } = await person.ask(
    'mutation($input: ImportRecipeInput!) { importRecipe(input: $input) { recipe { id title } userErrors { code message } } }',
    { input: { jsonLd, visibility } },
  );
  expect(importRecipe).toMatchObject({ recipe: { title: name }, userErrors: [] });
  return importRecipe.recipe.id;
}

/** Imports the seven recipes; their ids in the order of the week. */
export async function importWeek(person: Client): Promise<string[]> {
  const ids: string[] = [];
  for (const dinner of dinners) ids.push(await importShipped(person, dinner));
  return ids;
}

export interface PlanPayload {
  mealPlan: { id: string; status: string } | null;
  userErrors: { code: string; message: string }[];
}

/** Plans the seven dinners. The servings are left to her preference. */
export async function planWeek(
  person: Client,
  recipeIds: readonly string[],
  idempotencyKey: string,
): Promise<PlanPayload> {
  const { createMealPlan } = await person.ask(
    `mutation($input: CreateMealPlanInput!) {
      createMealPlan(input: $input) { mealPlan { id status } userErrors { code message } }
    }`,
    {
      input: {
        name: 'Week 49',
        startDate: monday,
        endDate: dayAfter(6),
        items: recipeIds.map((recipeId, index) => ({ date: dayAfter(index), mealType: 'DINNER', recipeId })),
        idempotencyKey,
      },
    },
  );
  return createMealPlan as PlanPayload;
}

/** Waits until the plan is what it will be: ACTIVE or FAILED. */
export async function settled(person: Client, planId: string): Promise<string> {
  const status = async (): Promise<string> =>
    (await person.ask('query($id: ID!) { mealPlan(id: $id) { status } }', { id: planId })).mealPlan.status;
  await expect.poll(status, { timeout: 75_000, interval: 250 }).not.toBe('PENDING');
  return status();
}

export interface ListItem {
  id: string;
  food: string;
  amounts: { quantity: number; quantityMax: number | null; unit: string }[];
  asNeeded: boolean;
  display: string;
  aisle: string;
  checked: boolean;
  version: number;
  sources: { line: string; recipe: { title: string } | null; mealPlanItem: { id: string } | null }[];
}

/** The items of the plan's list, by what they are. */
export async function itemsOf(person: Client, listId: string): Promise<Map<string, ListItem>> {
  const { shoppingList } = await person.ask(
    `query($id: ID!) { shoppingList(id: $id) { items { edges { node {
      id food amounts { quantity quantityMax unit } asNeeded display aisle checked version
      sources { line recipe { title } mealPlanItem { id } }
    } } } } }`,
    { id: listId },
  );
  const items = shoppingList.items.edges.map(({ node }: { node: ListItem }) => node) as ListItem[];
  return new Map(items.map(item => [item.food.toLowerCase(), item]));
}

/** How many plans, lists and notifications she has: what must not double. */
export async function counts(person: Client): Promise<{ plans: number; lists: number; notifications: number }> {
  const { me } = await person.ask(
    '{ me { mealPlans { totalCount } shoppingLists { totalCount } notifications { totalCount } } }',
  );
  return {
    plans: me.mealPlans.totalCount,
    lists: me.shoppingLists.totalCount,
    notifications: me.notifications.totalCount,
  };
}

/** Everything the journey says of the list of the whole week. */
export function expectWeek(items: Map<string, ListItem>): void {
  const amount = (food: string, unit: string) => items.get(food)?.amounts.find(measure => measure.unit === unit);
  expect(amount('eggs', '')?.quantity).toBeCloseTo(9, 6);
  expect(amount('garlic', 'clove')?.quantity).toBeCloseTo(8, 6);
  expect(amount('garlic', 'clove')?.quantityMax).toBeCloseTo(8.5, 6);
  expect(items.get('spaghetti')?.amounts).toHaveLength(1);
  expect(amount('spaghetti', 'gram')?.quantity).toBeCloseTo(376.8, 1);
  expect(amount('olive oil', 'milliliter')?.quantity).toBeCloseTo(64.8, 1);
  expect(items.get('olive oil')?.asNeeded).toBe(true);
  expect(items.get('extra virgin olive oil')).toBeDefined();
  const onions = [...items.values()].find(({ food }) => /^onions?$/i.test(food));
  expect(onions?.amounts.map(({ unit }) => unit).sort()).toEqual(['', 'gram', 'milliliter']);
  for (const item of items.values()) {
    expect(item.sources.length).toBeGreaterThan(0);
    expect(
      item.sources.every(source => source.recipe !== null && source.line !== '' && source.mealPlanItem !== null),
    ).toBe(true);
  }
}
