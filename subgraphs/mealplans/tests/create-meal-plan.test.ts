import { RecipeDeleted, RecipeUpdated } from '@mealprep360/contracts/recipes';
import { sagaRows } from '@mealprep360/events/saga-row';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mealPlanCollection } from '../src/models/meal-plan.ts';
import { CREATE, dinner, eventually, openHouse, recipeAtItsOwner, recipeState, week, type House } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const create = async (userId: string, variables: object) => {
  const { data, errors } = await house.graph(userId, CREATE, { ...variables });
  expect(errors).toBeUndefined();
  return data.createMealPlan;
};
const statusOf = async (userId: string, id: string) => {
  const { data } = await house.graph(userId, 'query ($id: ID!) { mealPlan(id: $id) { status } }', { id });
  return data.mealPlan?.status;
};

describe('a plan is created', () => {
  test('with one shopping list and one notice, and is said once, as version 1', async () => {
    const ana = newId();
    const recipeId = recipeAtItsOwner(house.neighbours, { ownerId: ana, visibility: 'PRIVATE' }, 4);
    const input = week({ items: [dinner('2026-11-24', { recipeId })], generateShoppingList: true });
    const { mealPlan, userErrors } = await create(ana, input);
    expect(userErrors).toEqual([]);
    expect(mealPlan).toMatchObject({ status: 'ACTIVE', version: 1 });
    await eventually(() => house.deedsFor('notifications', mealPlan.id)).toEqual(['announced']);
    expect(await house.deedsFor('shopping', mealPlan.id)).toEqual(['generated']);
    expect(await house.said(mealPlan.id)).toMatchObject([
      {
        eventType: 'MealPlanCreated',
        version: 1,
        eventData: { ownerId: ana, status: 'ACTIVE', items: [{ recipeId, recipeVersion: 4, servings: 2 }] },
      },
    ]);
  });

  test('without a list where none is asked for', async () => {
    const { mealPlan } = await create(newId(), week());
    await eventually(() => house.deedsFor('notifications', mealPlan.id)).toEqual(['announced']);
    expect(await house.deedsFor('shopping', mealPlan.id)).toEqual([]);
  });

  test("with the user's servings where none are given", async () => {
    const ana = newId();
    const { mealPlan } = await create(ana, week({ items: [dinner('2026-11-23', { servings: null })] }));
    const { data } = await house.graph(ana, '{ me { mealPlans { nodes { id items { servings } } } } }');
    expect(data.me.mealPlans.nodes).toEqual([{ id: mealPlan.id, items: [{ servings: 3 }] }]);
  });

  test('with its items in the order of the days and meals', async () => {
    const ana = newId();
    const items = [
      dinner('2026-11-24', { note: 'late' }),
      dinner('2026-11-23', { note: 'first' }),
      dinner('2026-11-23', { note: 'second' }),
      dinner('2026-11-23', { note: 'morning', mealType: 'BREAKFAST' }),
    ];
    const { mealPlan } = await create(ana, week({ items }));
    const { data } = await house.graph(ana, 'query ($id: ID!) { mealPlan(id: $id) { items { note position } } }', {
      id: mealPlan.id,
    });
    expect(data.mealPlan.items).toEqual([
      { note: 'morning', position: 0 },
      { note: 'first', position: 0 },
      { note: 'second', position: 1 },
      { note: 'late', position: 0 },
    ]);
  });
});

describe('the same idempotencyKey', () => {
  test('makes one plan, one saga, one list and one notice of 50 calls at once, and of one more later', async () => {
    const ana = newId();
    const recipeId = recipeAtItsOwner(house.neighbours);
    const input = week({ items: [dinner('2026-11-24', { recipeId })], generateShoppingList: true, name: ' Week 48 ' });
    const answers = await Promise.all(Array.from({ length: 50 }, () => create(ana, input)));
    answers.push(await create(ana, { input: { ...input.input, name: 'Week 48' } }));
    expect(answers.map(answer => answer.userErrors)).toEqual(answers.map(() => []));
    const ids = new Set(answers.map(answer => answer.mealPlan.id));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    const { db } = house.service('mealplans');
    expect(await db.model(mealPlanCollection).countDocuments({ ownerId: ana })).toBe(1);
    expect(await db.raw(sagaRows).countDocuments({ 'input.plan.ownerId': ana })).toBe(1);
    await eventually(() => house.deedsFor('notifications', id)).toEqual(['announced']);
    expect(await house.deedsFor('shopping', id)).toEqual(['generated']);
  });

  test('is refused with other input, and is free for another user', async () => {
    const input = week();
    const ana = newId();
    await create(ana, input);
    const { mealPlan, userErrors } = await create(ana, { input: { ...input.input, endDate: '2026-11-30' } });
    expect(mealPlan).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect(await create(newId(), input)).toMatchObject({ mealPlan: { status: 'ACTIVE' }, userErrors: [] });
  });
});

describe('a plan that cannot be', () => {
  test('is FAILED with the reason when its owner is unknown to users, and stands in no list', async () => {
    const nobody = newId();
    house.neighbours.owners.set(nobody, 'UNKNOWN');
    const input = week({ generateShoppingList: true });
    const { mealPlan, userErrors } = await create(nobody, input);
    expect(mealPlan.status).toBe('FAILED');
    expect(userErrors).toMatchObject([{ code: 'USER_NOT_FOUND', path: null }]);
    expect(await create(nobody, input)).toEqual({ mealPlan, userErrors });
    const { data } = await house.graph(nobody, '{ me { mealPlans { totalCount nodes { id } } } }');
    expect(data.me.mealPlans).toEqual({ totalCount: 0, nodes: [] });
    expect(await house.said(mealPlan.id)).toEqual([]);
    expect(await house.deedsFor('shopping', mealPlan.id)).toEqual([]);
  });

  test('is PENDING while shopping is at it, untouchable, and FAILED when the time is up', async () => {
    const ana = newId();
    house.neighbours.withoutList.add(ana);
    const variables = week({ generateShoppingList: true });
    const { mealPlan, userErrors } = await create(ana, variables);
    expect({ status: mealPlan.status, userErrors }).toEqual({ status: 'PENDING', userErrors: [] });
    expect(await statusOf(ana, mealPlan.id)).toBe('PENDING');
    expect(await statusOf(newId(), mealPlan.id)).toBeUndefined();
    const skip = `mutation ($id: ID!) { skipDay(mealPlanId: $id, date: "2026-11-23") { userErrors { code } } }`;
    const remove = `mutation ($id: ID!) { deleteMealPlan(id: $id) { deletedId userErrors { code } } }`;
    const id = { id: mealPlan.id };
    expect((await house.graph(ana, skip, id)).data.skipDay.userErrors).toEqual([{ code: 'PLAN_PENDING' }]);
    expect((await house.graph(ana, remove, id)).data.deleteMealPlan).toEqual({
      deletedId: null,
      userErrors: [{ code: 'PLAN_PENDING' }],
    });
    await eventually(() => statusOf(ana, mealPlan.id)).toBe('FAILED');
    house.neighbours.withoutList.delete(ana);
    expect((await create(ana, variables)).userErrors).toMatchObject([
      { code: expect.stringMatching(/^(NOT_READY|DEADLINE)$/), message: expect.stringContaining('Try again') },
    ]);
    expect((await house.graph(ana, skip, id)).data.skipDay.userErrors).toEqual([{ code: 'PLAN_FAILED' }]);
    expect((await house.graph(ana, remove, id)).data.deleteMealPlan.deletedId).toBe(mealPlan.id);
    expect(await statusOf(ana, mealPlan.id)).toBeUndefined();
    expect(await house.deedsFor('shopping', mealPlan.id)).toEqual([]);
    expect(await house.deedsFor('notifications', mealPlan.id)).toEqual([]);
    expect(await house.said(mealPlan.id)).toEqual([]);
  });

  test('goes on where its owner answers late', async () => {
    const ana = newId();
    house.neighbours.owners.set(ana, 'HANGS');
    const { mealPlan } = await create(ana, week({ generateShoppingList: true }));
    expect(mealPlan.status).toBe('PENDING');
    house.neighbours.owners.delete(ana);
    await eventually(() => statusOf(ana, mealPlan.id)).toBe('ACTIVE');
    expect(await house.deedsFor('shopping', mealPlan.id)).toEqual(['generated']);
  });
});

describe('the recipes of a plan', () => {
  const oneDish = (recipeId: string) => week({ items: [dinner('2026-11-23'), dinner('2026-11-24', { recipeId })] });
  const notFound = [{ code: 'RECIPE_NOT_FOUND', path: ['input', 'items', '1', 'recipeId'] }];

  test('must exist, and be visible to who plans them', async () => {
    const theirs = recipeAtItsOwner(house.neighbours, { ownerId: newId(), visibility: 'PRIVATE' });
    for (const recipeId of [newId(), theirs]) {
      const { mealPlan, userErrors } = await create(newId(), oneDish(recipeId));
      expect({ mealPlan, userErrors }).toMatchObject({ mealPlan: null, userErrors: notFound });
    }
  });

  test('are asked for once when they have not arrived', async () => {
    const recipeId = recipeAtItsOwner(house.neighbours);
    house.neighbours.asked = [];
    expect((await create(newId(), oneDish(recipeId))).userErrors).toEqual([]);
    expect((await create(newId(), oneDish(recipeId))).userErrors).toEqual([]);
    expect(house.neighbours.asked).toEqual(['recipes 1']);
  });

  test('that cannot be asked for leave nothing half done', async () => {
    const ana = newId();
    house.neighbours.recipesAreAway = true;
    const { mealPlan, userErrors } = await create(ana, oneDish(newId()));
    house.neighbours.recipesAreAway = false;
    expect({ mealPlan, userErrors }).toMatchObject({ mealPlan: null, userErrors: [{ code: 'NOT_READY' }] });
    const { db } = house.service('mealplans');
    expect(await db.model(mealPlanCollection).countDocuments({ ownerId: ana })).toBe(0);
  });

  test('are known as their owner last said them', async () => {
    const state = recipeState();
    await house.say('recipes', RecipeUpdated.of(state.id, 7, state));
    const ana = newId();
    const planned = async () => {
      const { mealPlan } = await create(ana, oneDish(state.id));
      return mealPlan === null ? null : house.said(mealPlan.id);
    };
    await eventually(planned).toMatchObject([{ eventData: { items: [{}, { recipeVersion: 7 }] } }]);
    await house.say('recipes', RecipeDeleted.of(state.id, 8, { id: state.id }));
    await eventually(planned).toBeNull();
  });
});
