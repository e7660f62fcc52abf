import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activePlan, dinner, openHouse, recipeAtItsOwner, type House } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const PLAN = `mealPlan {
  version
  items { id date mealType note servings position cookedAt recipe { id } leftoverOf { id } }
  skippedDays { date reason }
} userErrors { code path }`;
const mutations = {
  add: `mutation ($id: ID!, $input: MealPlanItemInput!) { done: addMealPlanItem(mealPlanId: $id, input: $input) { ${PLAN} } }`,
  update: `mutation ($id: ID!, $input: MealPlanItemPatch!) { done: updateMealPlanItem(id: $id, input: $input) { ${PLAN} } }`,
  remove: `mutation ($id: ID!) { done: removeMealPlanItem(id: $id) { ${PLAN} } }`,
  cook: `mutation ($id: ID!, $left: Float) { done: markCooked(itemId: $id, leftoverServings: $left) { ${PLAN} } }`,
  skip: `mutation ($id: ID!, $date: LocalDate!, $reason: String) {
    done: skipDay(mealPlanId: $id, date: $date, reason: $reason) { ${PLAN} }
  }`,
  unskip: `mutation ($id: ID!, $date: LocalDate!) { done: unskipDay(mealPlanId: $id, date: $date) { ${PLAN} } }`,
  delete: `mutation ($id: ID!) { done: deleteMealPlan(id: $id) { deletedId userErrors { code path } } }`,
};

const edit = async (userId: string, mutation: keyof typeof mutations, variables: Record<string, unknown>) => {
  const { data, errors } = await house.graph(userId, mutations[mutation], variables);
  expect(errors).toBeUndefined();
  return data.done;
};

describe('the items of a plan', () => {
  test('are added, changed and removed, and each change is said once', async () => {
    const ana = newId();
    const recipeId = recipeAtItsOwner(house.neighbours);
    const { id } = await activePlan(house, ana);
    const added = await edit(ana, 'add', { id, input: { date: '2026-11-25', mealType: 'LUNCH', recipeId } });
    expect(added).toMatchObject({
      mealPlan: { version: 2, items: [{ date: '2026-11-25', recipe: { id: recipeId }, servings: 3, position: 0 }] },
      userErrors: [],
    });
    const item = added.mealPlan.items[0].id;
    const changed = await edit(ana, 'update', { id: item, input: { note: 'with rice', servings: 5 } });
    expect(changed.mealPlan).toMatchObject({
      version: 3,
      items: [{ note: 'with rice', servings: 5, mealType: 'LUNCH' }],
    });
    const removed = await edit(ana, 'remove', { id: item });
    expect(removed.mealPlan).toMatchObject({ version: 4, items: [] });
    const said = await house.said(id);
    expect(said.map(({ eventType, version }) => [eventType, version])).toEqual([
      ['MealPlanCreated', 1],
      ['MealPlanUpdated', 2],
      ['MealPlanUpdated', 3],
      ['MealPlanUpdated', 4],
    ]);
    expect(said[2]?.eventData).toMatchObject({ items: [{ id: item, recipeId, recipeVersion: 1, servings: 5 }] });
  });

  test('keep their order within a meal when one is moved', async () => {
    const ana = newId();
    const { items } = await activePlan(house, ana, [
      dinner('2026-11-23', { note: 'a' }),
      dinner('2026-11-23', { note: 'b' }),
      dinner('2026-11-23', { note: 'c' }),
    ]);
    const moved = await edit(ana, 'update', { id: items[2], input: { position: 0 } });
    expect(moved.mealPlan.items.map((item: { note: string }) => item.note)).toEqual(['c', 'a', 'b']);
    const away = await edit(ana, 'update', { id: items[0], input: { mealType: 'BREAKFAST' } });
    expect(away.mealPlan.items).toMatchObject([
      { note: 'a', mealType: 'BREAKFAST', position: 0 },
      { note: 'c', position: 0 },
      { note: 'b', position: 1 },
    ]);
  });

  test('are all there when ten are added at once', async () => {
    const ana = newId();
    const { id } = await activePlan(house, ana);
    const add = (_: unknown, index: number) =>
      edit(ana, 'add', { id, input: dinner('2026-11-23', { note: `dish ${index}` }) });
    const answers = await Promise.all(Array.from({ length: 10 }, add));
    expect(answers.flatMap(answer => answer.userErrors)).toEqual([]);
    const { data } = await house.graph(ana, 'query ($id: ID!) { mealPlan(id: $id) { version items { position } } }', {
      id,
    });
    expect(data.mealPlan.version).toBe(11);
    expect(data.mealPlan.items.map((item: { position: number }) => item.position)).toEqual([...Array(10).keys()]);
    expect((await house.said(id)).map(event => event.version)).toEqual(
      Array.from({ length: 11 }, (_, index) => index + 1),
    );
  });

  test('are refused outside its days, without content, or of a recipe that is not there', async () => {
    const ana = newId();
    const { id, items } = await activePlan(house, ana, [dinner('2026-11-23')]);
    const [item] = items;
    const refused = async (mutation: keyof typeof mutations, variables: Record<string, unknown>) =>
      (await edit(ana, mutation, variables)).userErrors[0];
    expect(await refused('add', { id, input: dinner('2026-12-24') })).toMatchObject({
      code: 'DATE_OUTSIDE_PLAN',
      path: ['input', 'date'],
    });
    expect(await refused('update', { id: item, input: { date: '2026-11-22' } })).toMatchObject({
      code: 'DATE_OUTSIDE_PLAN',
    });
    expect(await refused('update', { id: item, input: { note: null } })).toMatchObject({ code: 'EMPTY_ITEM' });
    expect(await refused('update', { id: item, input: { recipeId: newId() } })).toMatchObject({
      code: 'RECIPE_NOT_FOUND',
      path: ['input', 'recipeId'],
    });
    expect((await house.said(id)).map(event => event.version)).toEqual([1]);
  });
});

describe('what was cooked', () => {
  test('is marked once, and what is left is planned for the next day that is not skipped', async () => {
    const ana = newId();
    const { id, items } = await activePlan(house, ana, [dinner('2026-11-23')]);
    const [dish] = items;
    await edit(ana, 'skip', { id, date: '2026-11-24' });
    const cooked = await edit(ana, 'cook', { id: dish, left: 2 });
    expect(cooked.mealPlan.items).toMatchObject([
      { id: dish, cookedAt: expect.any(String) },
      { date: '2026-11-25', mealType: 'DINNER', servings: 2, leftoverOf: { id: dish }, recipe: null },
    ]);
    const again = await edit(ana, 'cook', { id: dish, left: 1 });
    expect(again.mealPlan.items[0].cookedAt).toBe(cooked.mealPlan.items[0].cookedAt);
    expect(again.mealPlan.items).toMatchObject([{}, { date: '2026-11-25', servings: 1 }]);
    expect((await edit(ana, 'remove', { id: dish })).mealPlan.items).toEqual([]);
  });

  test('cannot be left for a day after the plan, nor eaten before it is cooked', async () => {
    const ana = newId();
    const { id, items } = await activePlan(house, ana, [dinner('2026-11-29')]);
    const [dish] = items;
    const late = await edit(ana, 'cook', { id: dish, left: 2 });
    expect(late).toMatchObject({
      mealPlan: null,
      userErrors: [{ code: 'NO_DAY_FOR_LEFTOVERS', path: ['leftoverServings'] }],
    });
    const left = { date: '2026-11-23', mealType: 'DINNER', servings: 1 };
    expect((await edit(ana, 'add', { id, input: { ...left, leftoverOfId: dish } })).userErrors).toMatchObject([
      { code: 'INVALID_LEFTOVER', path: ['input', 'leftoverOfId'] },
    ]);
    expect((await edit(ana, 'add', { id, input: { ...left, leftoverOfId: newId() } })).userErrors).toMatchObject([
      { code: 'LEFTOVER_NOT_FOUND' },
    ]);
  });

  test('can be left for the plan of the next week', async () => {
    const ana = newId();
    const { items } = await activePlan(house, ana, [dinner('2026-11-29')]);
    const leftover = { date: '2026-11-30', mealType: 'LUNCH', leftoverOfId: items[0], servings: 1 };
    const next = await activePlan(house, ana, [leftover], { startDate: '2026-11-30', endDate: '2026-12-06' });
    const { data } = await house.graph(
      ana,
      'query ($id: ID!) { mealPlan(id: $id) { items { leftoverOf { id date } } } }',
      { id: next.id },
    );
    expect(data.mealPlan.items).toEqual([{ leftoverOf: { id: items[0], date: '2026-11-29' } }]);
  });
});

describe('a day', () => {
  test('is skipped once, however often it is asked, and unskipped again', async () => {
    const ana = newId();
    const { id } = await activePlan(house, ana, [dinner('2026-11-25')]);
    const skipped = await edit(ana, 'skip', { id, date: '2026-11-25', reason: 'away' });
    expect(skipped.mealPlan).toMatchObject({ version: 2, skippedDays: [{ date: '2026-11-25', reason: 'away' }] });
    expect((await edit(ana, 'skip', { id, date: '2026-11-25' })).mealPlan).toEqual(skipped.mealPlan);
    const { data } = await house.graph(
      ana,
      'query ($id: ID!) { mealPlan(id: $id) { days { date skipped items { date } } } }',
      { id },
    );
    expect(data.mealPlan.days).toHaveLength(7);
    expect(data.mealPlan.days[2]).toEqual({ date: '2026-11-25', skipped: true, items: [{ date: '2026-11-25' }] });
    expect((await edit(ana, 'unskip', { id, date: '2026-11-25' })).mealPlan).toMatchObject({
      version: 3,
      skippedDays: [],
    });
    expect((await edit(ana, 'unskip', { id, date: '2026-11-25' })).mealPlan.version).toBe(3);
    const day = '2026-11-25';
    expect((await house.said(id)).map(({ eventType, eventData }) => ({ eventType, eventData }))).toMatchObject([
      { eventType: 'MealPlanCreated', eventData: { skippedDays: [] } },
      { eventType: 'DaySkipped', eventData: { day, skippedDays: [day], items: [{ date: day }], status: 'ACTIVE' } },
      { eventType: 'DayUnskipped', eventData: { day, skippedDays: [], items: [{ date: day }], status: 'ACTIVE' } },
    ]);
  });

  test('outside the plan is refused', async () => {
    const ana = newId();
    const { id } = await activePlan(house, ana);
    for (const mutation of ['skip', 'unskip'] as const) {
      expect(await edit(ana, mutation, { id, date: '2026-11-30' })).toMatchObject({
        mealPlan: null,
        userErrors: [{ code: 'DATE_OUTSIDE_PLAN', path: ['date'] }],
      });
    }
  });
});

describe('a plan', () => {
  test('is deleted with all that is in it, and said to be gone', async () => {
    const ana = newId();
    const { id, items } = await activePlan(house, ana, [dinner('2026-11-23')]);
    expect(await edit(ana, 'delete', { id })).toEqual({ deletedId: id, userErrors: [] });
    expect((await house.said(id)).at(-1)).toMatchObject({
      eventType: 'MealPlanDeleted',
      version: 2,
      eventData: { id, ownerId: ana },
    });
    expect((await edit(ana, 'remove', { id: items[0] })).userErrors).toEqual([
      { code: 'MEAL_PLAN_ITEM_NOT_FOUND', path: ['id'] },
    ]);
    expect((await edit(ana, 'delete', { id })).userErrors).toEqual([{ code: 'MEAL_PLAN_NOT_FOUND', path: ['id'] }]);
  });

  test('of another cannot be changed, and is not told apart from one that is not there', async () => {
    const { id, items } = await activePlan(house, newId(), [dinner('2026-11-23')]);
    const eve = newId();
    const input = dinner('2026-11-23');
    const attempts = (planId: string | undefined, itemId: string | undefined) => [
      edit(eve, 'add', { id: planId, input }),
      edit(eve, 'skip', { id: planId, date: '2026-11-23' }),
      edit(eve, 'unskip', { id: planId, date: '2026-11-23' }),
      edit(eve, 'delete', { id: planId }),
      edit(eve, 'update', { id: itemId, input: { note: 'mine' } }),
      edit(eve, 'remove', { id: itemId }),
      edit(eve, 'cook', { id: itemId }),
      edit(eve, 'add', { id: planId, input: { ...input, note: null, leftoverOfId: itemId } }),
    ];
    const real = await Promise.all(attempts(id, items[0]));
    expect(real).toEqual(await Promise.all(attempts(newId(), newId())));
    expect(real.every(answer => answer.userErrors.length === 1)).toBe(true);
    expect((await house.said(id)).map(event => event.version)).toEqual([1]);
  });
});
