import { RecipeDeleted } from '@mealprep360/contracts/recipes';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activePlan, dinner, eventually, openHouse, recipeAtItsOwner, week, CREATE, type House } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const SAVE = `mutation ($id: ID!, $name: String!) {
  saveAsTemplate(mealPlanId: $id, name: $name) {
    template { id name dayCount items { dayOffset mealType note servings recipe { id } } } userErrors { code path }
  }
}`;
const APPLY = `mutation ($id: ID!, $start: LocalDate!, $key: ID!) {
  applyTemplate(templateId: $id, startDate: $start, idempotencyKey: $key) {
    mealPlan { id name startDate endDate status items { date note servings recipe { id } } } userErrors { code path }
  }
}`;

test('a plan becomes a template, and a template another plan', async () => {
  const ana = newId();
  const recipeId = recipeAtItsOwner(house.neighbours, { ownerId: ana, visibility: 'PRIVATE' });
  const plan = await activePlan(house, ana, [
    dinner('2026-11-24', { recipeId, note: 'spicy' }),
    dinner('2026-11-27', { note: 'out', servings: 4 }),
  ]);
  await house.graph(
    ana,
    'mutation ($id: ID!) { markCooked(itemId: $id, leftoverServings: 1) { userErrors { code } } }',
    {
      id: plan.items[0],
    },
  );
  const saved = (await house.graph(ana, SAVE, { id: plan.id, name: 'Good week' })).data.saveAsTemplate;
  expect(saved).toMatchObject({
    template: {
      name: 'Good week',
      dayCount: 7,
      items: [
        { dayOffset: 1, note: 'spicy', servings: 2, recipe: { id: recipeId } },
        { dayOffset: 4, note: 'out', servings: 4, recipe: null },
      ],
    },
    userErrors: [],
  });
  const order = { id: saved.template.id, start: '2027-01-04', key: newId() };
  const applied = (await house.graph(ana, APPLY, order)).data.applyTemplate;
  expect(applied).toMatchObject({
    mealPlan: {
      name: 'Good week',
      startDate: '2027-01-04',
      endDate: '2027-01-10',
      status: 'ACTIVE',
      items: [
        { date: '2027-01-05', recipe: { id: recipeId } },
        { date: '2027-01-08', note: 'out', servings: 4 },
      ],
    },
    userErrors: [],
  });
  expect(await house.deedsFor('shopping', applied.mealPlan.id)).toEqual(['generated']);
  expect((await house.graph(ana, APPLY, order)).data.applyTemplate).toEqual(applied);
  const other = await house.graph(ana, APPLY, { ...order, start: '2027-01-11' });
  expect(other.data.applyTemplate.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
});

test('templates stand in a list of their owner, newest first, a page at a time', async () => {
  const ana = newId();
  const { id } = await activePlan(house, ana);
  for (const name of ['first', 'second', 'third']) await house.graph(ana, SAVE, { id, name });
  const LIST = `query ($first: Int, $after: String) {
    mealTemplates(first: $first, after: $after) { edges { node { name } } pageInfo { hasNextPage endCursor } }
  }`;
  const names = (answer: { data: { mealTemplates: { edges: { node: { name: string } }[] } } }) =>
    answer.data.mealTemplates.edges.map(edge => edge.node.name);
  const page = await house.graph(ana, LIST, { first: 2 });
  expect(names(page)).toEqual(['third', 'second']);
  const { endCursor } = page.data.mealTemplates.pageInfo;
  expect(names(await house.graph(ana, LIST, { first: 2, after: endCursor }))).toEqual(['first']);
  expect(names(await house.graph(newId(), LIST, { first: 2 }))).toEqual([]);
});

test('a template is made only of a plan that stands, and used only by its owner', async () => {
  const ana = newId();
  const { id } = await activePlan(house, ana);
  const { template } = (await house.graph(ana, SAVE, { id, name: 'Mine' })).data.saveAsTemplate;
  const apply = async (userId: string, change: object = {}) => {
    const order = { id: template.id, start: '2027-01-04', key: newId(), ...change };
    return (await house.graph(userId, APPLY, order)).data.applyTemplate;
  };
  const notFound = { mealPlan: null, userErrors: [{ code: 'MEAL_TEMPLATE_NOT_FOUND', path: ['templateId'] }] };
  expect(await apply(newId())).toEqual(notFound);
  expect(await apply(ana, { id: newId() })).toEqual(notFound);
  expect((await house.graph(newId(), SAVE, { id, name: 'Theirs' })).data.saveAsTemplate).toMatchObject({
    template: null,
    userErrors: [{ code: 'MEAL_PLAN_NOT_FOUND' }],
  });
  const nobody = newId();
  house.neighbours.owners.set(nobody, 'UNKNOWN');
  const failed = (await house.graph(nobody, CREATE, week())).data.createMealPlan.mealPlan;
  expect((await house.graph(nobody, SAVE, { id: failed.id, name: 'None' })).data.saveAsTemplate).toMatchObject({
    template: null,
    userErrors: [{ code: 'PLAN_FAILED', path: ['mealPlanId'] }],
  });
});

test('a template whose recipe is gone, or that would leave the calendar, makes no plan', async () => {
  const ana = newId();
  const recipeId = recipeAtItsOwner(house.neighbours, { ownerId: ana });
  const { id } = await activePlan(house, ana, [dinner('2026-11-23')]);
  const { template } = (await house.graph(ana, SAVE, { id, name: 'Late' })).data.saveAsTemplate;
  const late = await house.graph(ana, APPLY, { id: template.id, start: '9999-12-31', key: newId() });
  expect(late.data.applyTemplate).toMatchObject({ mealPlan: null, userErrors: [{ path: ['startDate'] }] });

  const other = await activePlan(house, ana, [dinner('2026-11-23', { recipeId })]);
  const gone = (await house.graph(ana, SAVE, { id: other.id, name: 'Gone' })).data.saveAsTemplate.template;
  house.neighbours.recipes.delete(recipeId);
  await house.say('recipes', RecipeDeleted.of(recipeId, 2, { id: recipeId }));
  await eventually(
    async () => (await house.graph(ana, APPLY, { id: gone.id, start: '2027-01-04', key: newId() })).data.applyTemplate,
  ).toMatchObject({ mealPlan: null, userErrors: [{ code: 'RECIPE_NOT_FOUND', path: ['templateId', 'recipeId'] }] });
});
