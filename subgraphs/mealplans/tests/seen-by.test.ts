import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activePlan, dinner, openHouse, type House } from './kit.ts';

let house: House;
let ana: string;
let plan: { id: string; items: string[] };
let templateId: string;
beforeAll(async () => {
  house = await openHouse();
  ana = newId();
  plan = await activePlan(house, ana, [dinner('2026-11-23', { note: 'a secret dish' })]);
  const { data } = await house.graph(
    ana,
    'mutation ($id: ID!) { saveAsTemplate(mealPlanId: $id, name: "Mine") { template { id } } }',
    { id: plan.id },
  );
  templateId = data.saveAsTemplate.template.id;
});
afterAll(() => house.stop());

const ENTITIES = `query ($all: [_Any!]!) {
  _entities(representations: $all) {
    ... on MealPlan { id name items { note } }
    ... on MealPlanItem { id note }
    ... on MealTemplate { id called: name }
    ... on User { id mealPlans { nodes { id } } todaysMeals(date: "2026-11-23") { note } }
  }
}`;
const everything = () => ({
  all: [
    { __typename: 'MealPlan', id: plan.id },
    { __typename: 'MealPlanItem', id: plan.items[0] },
    { __typename: 'MealTemplate', id: templateId },
    { __typename: 'User', id: ana },
  ],
});
const PLAN = 'query ($id: ID!) { mealPlan(id: $id) { id } }';

test.each([
  ['another user', () => newId()],
  ['nobody', () => null],
])('%s sees nothing of a plan by any path', async (_, who) => {
  const viewer = who();
  const answer = await house.graph(viewer, ENTITIES, everything());
  expect(answer.errors).toBeUndefined();
  expect(answer.data._entities).toEqual([null, null, null, { id: ana, mealPlans: null, todaysMeals: null }]);
  expect(await house.graph(viewer, PLAN, { id: plan.id })).toEqual({ data: { mealPlan: null } });
});

test('its owner and operators see it by each of them', async () => {
  const all = [
    { id: plan.id, name: null, items: [{ note: 'a secret dish' }] },
    { id: plan.items[0], note: 'a secret dish' },
    { id: templateId, called: 'Mine' },
    { id: ana, mealPlans: { nodes: [{ id: plan.id }] }, todaysMeals: [{ note: 'a secret dish' }] },
  ];
  expect((await house.graph(ana, ENTITIES, everything())).data._entities).toEqual(all);
  expect((await house.operator(ENTITIES, everything())).data._entities).toEqual(all);
  expect((await house.operator(PLAN, { id: plan.id })).data.mealPlan).toEqual({ id: plan.id });
});

test('what is not there is null, however its id is written', async () => {
  const all = [newId(), 'x', '', '{"$ne":null}'].map(id => ({ __typename: 'MealPlan', id }));
  const { data, errors } = await house.graph(ana, ENTITIES, { all });
  expect({ data, errors }).toEqual({ data: { _entities: [null, null, null, null] }, errors: undefined });
});

test('nobody has no plans of their own, and no way to make one', async () => {
  expect((await house.graph(null, '{ me { id } }')).data.me).toBeNull();
  const { data, errors } = await house.graph(null, '{ mealTemplates { edges { cursor } } }');
  expect({ data, code: errors?.[0]?.extensions.code }).toEqual({ data: null, code: 'UNAUTHENTICATED' });
});
