import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mealPlanCollection } from '../src/models/meal-plan.ts';
import { activePlan, CREATE, dinner, openHouse, week, type House } from './kit.ts';

let house: House;
let ana: string;
beforeAll(async () => {
  house = await openHouse();
  ana = newId();
});
afterAll(() => house.stop());

const plans = () => house.service('mealplans').db.model(mealPlanCollection).countDocuments();
const many = (count: number) => Array.from({ length: count }, () => dinner('2026-11-23'));
const withItem = (change: object) => ({ items: [dinner('2026-11-23', change)] });
const inItem = (field: string) => ['input', 'items', '0', field];

describe('createMealPlan refuses', () => {
  test.each([
    ['an end before the start', { endDate: '2026-11-22' }, ['input', 'endDate']],
    ['63 days', { endDate: '2027-01-24' }, ['input', 'endDate']],
    ['501 items', { items: many(501) }, ['input', 'items']],
    ['a day outside the plan', { items: [dinner('2026-11-30')] }, inItem('date')],
    ['a malformed recipe id', withItem({ recipeId: 'xyz' }), inItem('recipeId')],
    ['an id that is a query', withItem({ recipeId: '{"$ne": null}' }), inItem('recipeId')],
    ['a malformed leftover id', withItem({ note: null, leftoverOfId: '1' }), inItem('leftoverOfId')],
    [
      'a leftover that is also a recipe',
      withItem({ recipeId: newId(), leftoverOfId: newId() }),
      inItem('leftoverOfId'),
    ],
    ['an item of nothing', withItem({ note: ' ' }), ['input', 'items', '0']],
    ['no servings', withItem({ servings: 0 }), inItem('servings')],
    ['negative servings', withItem({ servings: -1 }), inItem('servings')],
    ['1001 servings', withItem({ servings: 1001 }), inItem('servings')],
    ['a note without end', withItem({ note: 'x'.repeat(1001) }), inItem('note')],
    ['a name of 101 characters', { name: 'x'.repeat(101) }, ['input', 'name']],
    ['an empty idempotencyKey', { idempotencyKey: '' }, ['input', 'idempotencyKey']],
    ['an endless idempotencyKey', { idempotencyKey: 'x'.repeat(201) }, ['input', 'idempotencyKey']],
  ])('%s, and names the place', async (_, change, path) => {
    const before = await plans();
    const { data, errors } = await house.graph(ana, CREATE, week(change));
    expect(errors).toBeUndefined();
    expect(data.createMealPlan.mealPlan).toBeNull();
    expect(data.createMealPlan.userErrors[0]).toMatchObject({ path, code: expect.stringMatching(/^[A-Z_]+$/) });
    expect(data.createMealPlan.userErrors[0].message).not.toMatch(/mongo|zod|undefined/i);
    expect(await plans()).toBe(before);
  });

  test.each([
    ['a day that is not in the calendar', { startDate: '2026-02-30' }],
    ['a meal that is none', withItem({ mealType: 'MIDNIGHT' })],
    ['servings that are a word', withItem({ servings: 'two' })],
  ])('%s by the schema', async (_, change) => {
    const { data, errors } = await house.graph(ana, CREATE, week(change));
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(JSON.stringify(errors)).not.toContain('stacktrace');
  });

  test('nobody in particular', async () => {
    const { errors } = await house.graph(null, CREATE, week());
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

test('a plan takes 62 days, 500 items and hostile words as they are', async () => {
  const hostile = '<script>alert(1)</script> {$gt: ""} \u202e 🍲 ';
  const plan = await activePlan(house, ana, many(500), { endDate: '2027-01-23', name: hostile });
  const { data } = await house.graph(ana, 'query ($id: ID!) { mealPlan(id: $id) { name days { date } } }', {
    id: plan.id,
  });
  expect(data.mealPlan.name).toBe(hostile.trim());
  expect(data.mealPlan.days).toHaveLength(62);
  const more = `mutation ($id: ID!, $input: MealPlanItemInput!) {
    addMealPlanItem(mealPlanId: $id, input: $input) { mealPlan { id } userErrors { code } }
  }`;
  const full = await house.graph(ana, more, { id: plan.id, input: dinner('2026-11-23') });
  expect(full.data.addMealPlanItem).toEqual({ mealPlan: null, userErrors: [{ code: 'TOO_MANY_ITEMS' }] });
});

test.each([
  ['addMealPlanItem', 'addMealPlanItem(mealPlanId: "x", input: { date: "2026-11-23", mealType: LUNCH, note: "n" })'],
  ['updateMealPlanItem', 'updateMealPlanItem(id: "x", input: {})'],
  ['removeMealPlanItem', 'removeMealPlanItem(id: "x")'],
  ['markCooked', 'markCooked(itemId: "x")'],
  ['skipDay', 'skipDay(mealPlanId: "x", date: "2026-11-23")'],
  ['unskipDay', 'unskipDay(mealPlanId: "x", date: "2026-11-23")'],
  ['deleteMealPlan', 'deleteMealPlan(id: "x")'],
  ['saveAsTemplate', 'saveAsTemplate(mealPlanId: "x", name: "n")'],
  ['saveAsTemplate without a name', `saveAsTemplate(mealPlanId: "${newId()}", name: " ")`],
  ['applyTemplate', 'applyTemplate(templateId: "x", startDate: "2026-11-23", idempotencyKey: "k")'],
])('%s answers a malformed argument with one error of one place', async (_, field) => {
  const { data, errors } = await house.graph(ana, `mutation { done: ${field} { userErrors { code path } } }`);
  expect(errors).toBeUndefined();
  expect(data.done.userErrors).toEqual([{ code: 'INVALID_INPUT', path: [expect.any(String)] }]);
});

test.each([-1, 0, 101, 1_000_000])('a page of %d is refused', async first => {
  const { data, errors } = await house.graph(
    ana,
    'query ($first: Int) { me { mealPlans(first: $first) { totalCount } } }',
    {
      first,
    },
  );
  expect(data.me.mealPlans).toBeNull();
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_FIRST' } }]);
});

test('a malformed id of a plan is an error with a stable code', async () => {
  const { data, errors } = await house.graph(ana, '{ mealPlan(id: "x") { id } }');
  expect(data.mealPlan).toBeNull();
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
});
