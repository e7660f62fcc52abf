import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Collection } from '@mealprep360/mongo/collection';
import { mealPlanItemCollection } from '../src/models/meal-plan-item.ts';
import { mealPlanCollection } from '../src/models/meal-plan.ts';
import { mealTemplateCollection } from '../src/models/meal-template.ts';
import { skippedDayCollection, skippedDayId } from '../src/models/skipped-day.ts';
import { openHouse, type House } from './kit.ts';

// The number of database commands depends on the shape of a query, never on the length of its lists.

let house: House;
const few = newId();
const lots = newId();
const plansOf = new Map<string, string[]>();
beforeAll(async () => {
  house = await openHouse();
  await seed(few, 5);
  await seed(lots, 50);
});
afterAll(() => house.stop());

/** So many plans and templates: two dishes each, one of them left over, and three skipped days. */
async function seed(ownerId: string, count: number): Promise<void> {
  const model = <Record>(declared: Collection<Record>) => house.service('mealplans').db.model(declared);
  const now = new Date();
  const days = { startDate: '2026-11-23', endDate: '2026-11-29' };
  const times = { createdAt: now, updatedAt: now };
  const dish = { mealType: 'DINNER' as const, recipeId: newId(), note: null, servings: 2 };
  const ids = Array.from({ length: count }, newId);
  plansOf.set(ownerId, ids);
  const request = { requestHash: 'x', shoppingList: false, failure: null };
  await model(mealPlanCollection).insertMany(
    ids.map(_id => ({
      ...{ _id, ownerId, name: null, ...days, ...times, ...request },
      ...{ status: 'ACTIVE' as const, version: 1, idempotencyKey: _id },
    })),
  );
  const meal = (mealPlanId: string, date: string, leftoverOfId: string | null) => ({
    ...{ ...dish, _id: newId(), mealPlanId, ownerId, date, leftoverOfId },
    ...{ recipeVersion: 1, cookedAt: null, position: 0 },
  });
  const items = ids.flatMap(id => {
    const cooked = meal(id, '2026-11-23', null);
    return [cooked, meal(id, '2026-11-24', cooked._id), meal(id, '2026-11-25', null)];
  });
  await model(mealPlanItemCollection).insertMany(items);
  const away = ['2026-11-26', '2026-11-27', '2026-11-28'];
  await model(skippedDayCollection).insertMany(
    ids.flatMap(mealPlanId =>
      away.map(date => ({ _id: skippedDayId(mealPlanId, date), mealPlanId, date, reason: null })),
    ),
  );
  const template = { ownerId, name: 'week', dayCount: 7, items: [{ ...dish, dayOffset: 0 }], createdAt: now };
  await model(mealTemplateCollection).insertMany(ids.map(_id => ({ ...template, _id })));
}

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
