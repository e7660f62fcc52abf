import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activePlan, dinner, openHouse, type House } from './kit.ts';

// The number of database commands depends on the shape of a query, never on the length of its lists.

let house: House;
const few = newId();
const lots = newId();
const plansOf = new Map<string, string[]>();
beforeAll(async () => {
  house = await openHouse();
  for (const [userId, count] of [
    [few, 5],
    [lots, 50],
  ] as const) {
    const plans = [];
    for (let made = 0; made < count; made++) {
      const dish = { note: 'cooked twice' };
      const { id, items } = await activePlan(house, userId, [dinner('2026-11-23', dish), dinner('2026-11-24', dish)]);
      const cook = 'mutation ($id: ID!) { markCooked(itemId: $id, leftoverServings: 1) { userErrors { code } } }';
      await house.graph(userId, cook, { id: items[0] });
      await house.graph(
        userId,
        'mutation ($id: ID!) { saveAsTemplate(mealPlanId: $id, name: "t") { userErrors { code } } }',
        {
          id,
        },
      );
      plans.push(id);
    }
    plansOf.set(userId, plans);
  }
}, 120_000);
afterAll(() => house.stop());

const ITEM = 'id recipe { id } leftoverOf { id leftoverOf { id } }';
const queries = {
  'mealPlans with all their days': `{ me { mealPlans(first: 100) { totalCount nodes {
    id days { skipped items { ${ITEM} } } items { ${ITEM} } skippedDays { date }
  } } } }`,
  todaysMeals: `{ me { todaysMeals { id } onOneDay: todaysMeals(date: "2026-11-23") { ${ITEM} } } }`,
  mealTemplates:
    '{ mealTemplates(first: 100) { edges { node { id items { recipe { id } } } } pageInfo { endCursor } } }',
};

test.each(Object.entries(queries))('%s cost as many commands for 5 as for 50', async (_, query) => {
  // the first of each user may ask for what has not arrived
  for (const userId of [few, lots]) await house.graph(userId, query);
  const costs = async (userId: string) =>
    house.commandsOf('mealplans', async () => {
      expect((await house.graph(userId, query)).errors).toBeUndefined();
    });
  const cost = await costs(few);
  expect(cost.length).toBeGreaterThan(0);
  expect(cost.length).toBeLessThan(10);
  expect(await costs(lots)).toEqual(cost);
});

test.each([
  ['plans', (userId: string) => (plansOf.get(userId) ?? []).map(id => ({ __typename: 'MealPlan', id }))],
  ['users', (userId: string) => (plansOf.get(userId) ?? []).map(() => ({ __typename: 'User', id: newId() }))],
])('%s resolve by key in batches', async (_, representations) => {
  const ENTITIES = `query ($all: [_Any!]!) { _entities(representations: $all) {
    ... on MealPlan { name items { ${ITEM} } }
    ... on User { mealPlans(first: 2) { nodes { items { id } } } todaysMeals(date: "2026-11-23") { id } }
  } }`;
  const cost = (userId: string) =>
    house.commandsOf('mealplans', async () => {
      expect((await house.operator(ENTITIES, { all: representations(userId) })).errors).toBeUndefined();
    });
  expect(await cost(lots)).toEqual(await cost(few));
});
