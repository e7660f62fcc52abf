import { DaySkipped, DayUnskipped } from '@mealprep360/contracts/mealplans';
import { RecipeDeleted } from '@mealprep360/contracts/recipes';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  commandState,
  dinner,
  foodsOn,
  listOfPlan,
  openHouse,
  planVersionHeard,
  planState,
  planWithList,
  readList,
  recipeState,
  request,
  sayDay,
  sayPlan,
  sayPlanGone,
  sayRecipe,
  soon,
  type House,
} from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const [monday, tuesday] = ['2026-11-23', '2026-11-24'];

/** A plan of pancakes on Monday and an omelette on Tuesday. */
async function twoDinners(ana: string, known = true) {
  const pancakes = recipeState(ana, ['200 g flour', '2 eggs', '3 dl milk']);
  const omelette = recipeState(ana, ['4 eggs', 'Salt']);
  if (known) await Promise.all([sayRecipe(house, pancakes), sayRecipe(house, omelette)]);
  const plan = planState(ana, [dinner(monday, pancakes.id), dinner(tuesday, omelette.id)]);
  return { pancakes, omelette, plan };
}
const causes = async (listId: string) =>
  (await house.said(listId)).map(({ eventType, eventData }) => [
    eventType.replace('ShoppingList', ''),
    (eventData as { cause?: string }).cause,
  ]);

describe('a list is generated with its plan', () => {
  test('merged across recipes, each item with its sources, and said once', async () => {
    const ana = newId();
    const { plan, omelette } = await twoDinners(ana);
    const listId = await planWithList(house, plan);
    expect(await foodsOn(house, ana, listId)).toEqual({ eggs: '6', flour: '200 g', milk: '300 ml', salt: 'as needed' });
    const list = await readList(house, ana, listId);
    expect(list).toMatchObject({ name: 'Our week', status: 'ACTIVE', version: 1, mealPlans: [{ id: plan.id }] });
    const eggs = list.items.nodes.find((item: { food: string }) => item.food === 'eggs');
    expect(eggs.sources).toContainEqual({
      line: '4 eggs',
      measure: { quantity: 4, unit: '' },
      recipe: { id: omelette.id },
      mealPlanItem: { id: plan.items[1]?.id },
    });
    expect(await causes(listId)).toEqual([['Generated', 'OTHER']]);
  });

  test('once its recipes have arrived, whichever comes first', async () => {
    const ana = newId();
    const { plan, pancakes, omelette } = await twoDinners(ana, false);
    await request(house, plan);
    await soon(() => commandState(house, plan)).toBe('WAITING');
    await sayRecipe(house, pancakes);
    expect(await listOfPlan(house, ana, plan.id)).toBeNull();
    await sayRecipe(house, omelette);
    await soon(() => commandState(house, plan)).toBe('DONE');
    expect((await listOfPlan(house, ana, plan.id)).items.totalCount).toBe(4);
  });

  test('from a later version of a recipe, when that was planned', async () => {
    const ana = newId();
    const dish = recipeState(ana, ['1 egg']);
    await sayRecipe(house, dish);
    const plan = planState(ana, [dinner(monday, dish.id, { recipeVersion: 2 })]);
    await request(house, plan);
    await soon(() => commandState(house, plan)).toBe('WAITING');
    await sayRecipe(house, { ...dish, recipeIngredient: ['3 eggs'] }, 2);
    await soon(() => commandState(house, plan)).toBe('DONE');
    expect(await foodsOn(house, ana, (await listOfPlan(house, ana, plan.id)).id)).toEqual({ eggs: '3' });
  });

  test('not at all when a recipe stays away until the deadline', async () => {
    const ana = newId();
    const { plan } = await twoDinners(ana, false);
    await request(house, plan, { seconds: 1 });
    await soon(() => commandState(house, plan)).toBe('REFUSED');
    expect(await listOfPlan(house, ana, plan.id)).toBeNull();
  });

  test('empty for a plan without recipes', async () => {
    const ana = newId();
    const listId = await planWithList(house, planState(ana, [dinner(monday, null)]));
    expect(await readList(house, ana, listId)).toMatchObject({ status: 'ACTIVE', items: { totalCount: 0 } });
  });

  test('and taken back when the plan comes to nothing', async () => {
    const ana = newId();
    const { plan } = await twoDinners(ana);
    await request(house, plan);
    await soon(() => commandState(house, plan)).toBe('DONE');
    const { id } = await listOfPlan(house, ana, plan.id);
    await request(house, plan, { undo: true, version: 2 });
    await soon(() => commandState(house, plan)).toBe('UNDONE');
    expect(await readList(house, ana, id)).toBeNull();
    expect(await causes(id)).toEqual([
      ['Generated', 'OTHER'],
      ['Deleted', undefined],
    ]);
  });

  test('never when the undo arrives first', async () => {
    const ana = newId();
    const { plan } = await twoDinners(ana);
    await request(house, plan, { undo: true });
    await request(house, plan, { version: 2 });
    await soon(() => commandState(house, plan)).toBe('UNDONE');
    expect(await listOfPlan(house, ana, plan.id)).toBeNull();
  });
});

describe('when the plan changes', () => {
  test('skipping a day takes its amounts off, and checked items stay checked', async () => {
    const ana = newId();
    const { plan } = await twoDinners(ana);
    const listId = await planWithList(house, plan);
    const { items } = await readList(house, ana, listId);
    const eggs = items.nodes.find((item: { food: string }) => item.food === 'eggs');
    await house.mutate(ana, 'setItemChecked', { id: eggs.id, checked: true });

    await sayDay(house, DaySkipped, { ...plan, skippedDays: [tuesday] }, tuesday, 2);
    await soon(() => foodsOn(house, ana, listId)).toEqual({ eggs: '2', flour: '200 g', milk: '300 ml' });
    const after = await readList(house, ana, listId);
    expect(after.items.nodes[0]).toMatchObject({ id: eggs.id, checked: true, checkedBy: { id: ana } });

    await sayDay(house, DayUnskipped, plan, tuesday, 3);
    await soon(() => foodsOn(house, ana, listId)).toMatchObject({ eggs: '6', salt: 'as needed' });
    expect((await readList(house, ana, listId)).items.nodes[0]).toMatchObject({ id: eggs.id, checked: true });
    expect((await causes(listId)).slice(1)).toEqual([
      ['Updated', 'CHECKED'],
      ['Updated', 'PLAN_CHANGED'],
      ['Updated', 'PLAN_CHANGED'],
    ]);
  });

  test('a change that buys nothing else is not said', async () => {
    const ana = newId();
    const { plan } = await twoDinners(ana);
    const listId = await planWithList(house, plan);
    await sayPlan(house, { ...plan, name: 'Another name' }, 2);
    await sayPlan(house, { ...plan, items: plan.items.slice(0, 1) }, 3);
    await soon(async () => (await readList(house, ana, listId)).version).toBe(2);
    expect(await causes(listId)).toEqual([
      ['Generated', 'OTHER'],
      ['Updated', 'PLAN_CHANGED'],
    ]);
  });

  test('a recipe that has not arrived changes nothing until it does', async () => {
    const ana = newId();
    const { plan } = await twoDinners(ana);
    const listId = await planWithList(house, plan);
    const toast = recipeState(ana, ['2 slices bread']);
    await sayPlan(house, { ...plan, items: [dinner(tuesday, toast.id)] }, 2);
    await soon(() => planVersionHeard(house, plan.id)).toBe(2);
    expect((await readList(house, ana, listId)).items.totalCount).toBe(4);
    await sayRecipe(house, toast);
    await soon(() => foodsOn(house, ana, listId)).toEqual({ bread: '2 slices' });
  });

  test('notes, edits, removed and manual items stay what people made of them', async () => {
    const ana = newId();
    const { plan } = await twoDinners(ana);
    const listId = await planWithList(house, plan);
    const items: { id: string; food: string; version: number }[] = (await readList(house, ana, listId)).items.nodes;
    const [eggs, flour, milk] = items;
    await house.mutate(ana, 'updateShoppingItem', {
      id: eggs?.id,
      expectedVersion: 1,
      input: { quantity: 12, note: 'free range', aisle: 'market' },
    });
    await house.mutate(ana, 'removeShoppingItem', { id: flour?.id });
    await house.mutate(ana, 'addShoppingItem', { listId, text: '1 kg flour' });
    await sayPlan(house, { ...plan, items: plan.items.map(item => ({ ...item, servings: 1 })) }, 2);
    await soon(() => foodsOn(house, ana, listId)).toMatchObject({ milk: '150 ml' });
    const after: { id: string; food: string }[] = (await readList(house, ana, listId)).items.nodes;
    expect(after.find(item => item.id === eggs?.id)).toMatchObject({
      display: '12',
      note: 'free range',
      aisle: 'market',
    });
    expect(after.filter(item => item.food === 'flour')).toMatchObject([{ display: '1 kg', manual: true, sources: [] }]);
    expect(after.find(item => item.food === 'milk')?.id).toBe(milk?.id);
    await sayPlan(house, { ...plan, items: plan.items.map(item => ({ ...item, servings: 8 })) }, 3);
    await soon(async () =>
      (await readList(house, ana, listId)).items.nodes.map((item: { id: string }) => item.id),
    ).toContain(flour?.id);
  });

  test('deleting it takes the list along; with manual items on it the list stays', async () => {
    const ana = newId();
    const [first, second] = [await twoDinners(ana), await twoDinners(ana)];
    const lists = [await planWithList(house, first.plan), await planWithList(house, second.plan)];
    await house.mutate(ana, 'addShoppingItem', { listId: lists[1], text: 'candles' });
    await sayPlanGone(house, first.plan, 2);
    await sayPlanGone(house, second.plan, 2);
    await soon(() => readList(house, ana, lists[0] ?? '')).toBeNull();
    await soon(() => foodsOn(house, ana, lists[1] ?? '')).toEqual({ candles: 'as needed' });
    expect((await causes(lists[0] ?? '')).at(-1)).toEqual(['Deleted', undefined]);
    // what comes late does not bring it back
    await sayPlan(house, first.plan, 3);
    const { data } = await house.graph(ana, '{ me { shoppingLists { totalCount nodes { id } } } }');
    expect(data.me.shoppingLists.nodes).toEqual([{ id: lists[1] }]);
  });
});

describe('when a recipe changes', () => {
  test('its new lines are bought; once it is deleted or hidden, none', async () => {
    const ana = newId();
    const { plan, pancakes } = await twoDinners(ana);
    const bens = recipeState(newId(), ['1 lemon'], { visibility: 'PUBLIC' });
    await sayRecipe(house, bens);
    const listId = await planWithList(house, { ...plan, items: [...plan.items, dinner(monday, bens.id)] });
    expect(await foodsOn(house, ana, listId)).toMatchObject({ lemon: '1' });
    await sayRecipe(house, { ...pancakes, recipeIngredient: ['1 egg'] }, 2);
    await sayRecipe(house, { ...bens, visibility: 'PRIVATE', recipeIngredient: ['1 secret'] }, 2);
    await soon(() => foodsOn(house, ana, listId)).toEqual({ eggs: '5', salt: 'as needed' });
    await house.say('recipes', RecipeDeleted.of(pancakes.id, 3, { id: pancakes.id }));
    await soon(() => foodsOn(house, ana, listId)).toEqual({ eggs: '4', salt: 'as needed' });
  });
});
