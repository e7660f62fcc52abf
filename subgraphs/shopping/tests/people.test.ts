import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  dinner,
  foodsOn,
  listOfPlan,
  newUser,
  openHouse,
  planState,
  planVersionHeard,
  planWithList,
  readList,
  recipeState,
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

const emptyList = async (ana: string): Promise<string> =>
  (await house.mutate(ana, 'createShoppingList', { name: 'Weekend' })).shoppingList.id;
const add = async (ana: string, listId: string, text: string) =>
  (await house.mutate(ana, 'addShoppingItem', { listId, text })).item;
const planOf = async (ana: string, lines: string[]) => {
  const dish = recipeState(ana, lines);
  await sayRecipe(house, dish);
  return planState(ana, [dinner('2026-11-23', dish.id)]);
};
const codeOf = async (userId: string, field: string, variables: object) =>
  (await house.mutate(userId, field, variables)).userErrors[0]?.code;

describe('items that people write', () => {
  test('are read as a line of a recipe is', async () => {
    const ana = newId();
    const listId = await emptyList(ana);
    expect(await add(ana, listId, '2 kg flour')).toMatchObject({
      ...{ food: 'flour', display: '2 kg', manual: true, note: null, asNeeded: false, sources: [], version: 2 },
      amounts: [{ quantity: 2000, quantityMax: null, unit: 'gram' }],
    });
    const tins = await add(ana, listId, '2 x 400 g tins chopped tomatoes');
    expect(tins).toMatchObject({ amounts: [{ quantity: 2, unit: 'can' }], note: '2 x 400 g tins chopped tomatoes' });
    expect(await add(ana, listId, 'milk')).toMatchObject({ food: 'milk', amounts: [], asNeeded: true });
  });

  test('are edited at the version that was read, and an edit that says nothing new changes nothing', async () => {
    const ana = newId();
    const { id, version } = await add(ana, await emptyList(ana), '2 kg flour');
    const input = { food: 'rye flour', quantity: 500, unit: 'g', aisle: 'baking', note: 'whole' };
    const { item } = await house.mutate(ana, 'updateShoppingItem', { id, expectedVersion: version, input });
    expect(item).toMatchObject({ food: 'rye flour', display: '500 g', aisle: 'baking', note: 'whole', version: 3 });
    expect(await codeOf(ana, 'updateShoppingItem', { id, expectedVersion: version, input })).toBe('CONFLICT');
    const again = await house.mutate(ana, 'updateShoppingItem', { id, expectedVersion: 3, input });
    expect(again.item.version).toBe(3);
  });

  test('are removed for good', async () => {
    const ana = newId();
    const listId = await emptyList(ana);
    const { id } = await add(ana, listId, 'candles');
    expect(await house.mutate(ana, 'removeShoppingItem', { id })).toEqual({ deletedId: id, userErrors: [] });
    expect(await foodsOn(house, ana, listId)).toEqual({});
    expect(await codeOf(ana, 'removeShoppingItem', { id })).toBe('SHOPPING_ITEM_NOT_FOUND');
  });
});

describe('checking off', () => {
  test('the same clientMutationId is applied once, whatever happened since', async () => {
    const ana = newId();
    const { id, version } = (await add(ana, await emptyList(ana), 'milk')) as { id: string; version: number };
    const first = { id, checked: true, expectedVersion: version, clientMutationId: 'phone-1' };
    const { item } = await house.mutate(ana, 'setItemChecked', first);
    expect(item).toMatchObject({ checked: true, checkedBy: { id: ana }, version: version + 1 });
    await house.mutate(ana, 'setItemChecked', { id, checked: false, clientMutationId: 'phone-2' });
    const replayed = await house.mutate(ana, 'setItemChecked', first);
    expect(replayed).toMatchObject({ userErrors: [], item: { checked: false, version: version + 2 } });
  });

  test('fifty times at once is once', async () => {
    const ana = newId();
    const listId = await emptyList(ana);
    const { id } = await add(ana, listId, 'milk');
    const same = { id, checked: true, clientMutationId: 'phone-1' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => house.mutate(ana, 'setItemChecked', same)));
    expect(answers.every(answer => answer.item.checked && answer.userErrors.length === 0)).toBe(true);
    expect((await house.said(listId)).length).toBe(3);
  });

  test('a stale expectedVersion is refused and changes nothing', async () => {
    const ana = newId();
    const listId = await emptyList(ana);
    const { id, version } = await add(ana, listId, 'milk');
    await house.mutate(ana, 'setItemChecked', { id, checked: true });
    const stale = { id, checked: false, expectedVersion: version, clientMutationId: 'phone-1' };
    expect(await codeOf(ana, 'setItemChecked', stale)).toBe('CONFLICT');
    expect((await readList(house, ana, listId)).items.nodes[0].checked).toBe(true);
  });

  test('what is checked can be cleared away, and a plan does not bring it back', async () => {
    const ana = newId();
    const plan = await planOf(ana, ['2 eggs', '200 g flour']);
    const listId = await planWithList(house, plan);
    const [eggs] = (await readList(house, ana, listId)).items.nodes;
    const candles = await add(ana, listId, 'candles');
    for (const { id } of [eggs, candles]) await house.mutate(ana, 'setItemChecked', { id, checked: true });
    const { shoppingList } = await house.mutate(ana, 'clearChecked', { listId });
    expect(shoppingList.items.nodes.map((item: { food: string }) => item.food)).toEqual(['flour']);
    await sayPlan(house, { ...plan, items: plan.items.map(item => ({ ...item, servings: 1 })) }, 2);
    await soon(() => foodsOn(house, ana, listId)).toEqual({ flour: '100 g' });
  });
});

describe('a plan and a list', () => {
  test('a plan without a list gets one on demand, and asking again gets the same', async () => {
    const ana = newId();
    const plan = await planOf(ana, ['2 eggs']);
    await sayPlan(house, { ...plan, shoppingList: false });
    await soon(() => planVersionHeard(house, plan.id)).toBe(1);
    await soon(() => codeOf(ana, 'generateShoppingList', { mealPlanId: plan.id })).toBeUndefined();
    const { shoppingList } = await house.mutate(ana, 'generateShoppingList', { mealPlanId: plan.id });
    expect(shoppingList.items.nodes).toMatchObject([{ food: 'eggs', display: '2' }]);
    expect(shoppingList).toMatchObject({ version: 1, owner: { id: ana }, mealPlans: [{ id: plan.id }] });
  });

  test('fifty times at once makes one list', async () => {
    const ana = newId();
    const plan = await planOf(ana, ['2 eggs']);
    await sayPlan(house, { ...plan, shoppingList: false });
    await soon(() => planVersionHeard(house, plan.id)).toBe(1);
    const demand = () => house.mutate(ana, 'generateShoppingList', { mealPlanId: plan.id });
    const answers = await Promise.all(Array.from({ length: 50 }, demand));
    const ids: string[] = answers.map(answer => answer.shoppingList.id);
    expect(new Set(ids).size).toBe(1);
    expect(await house.said(ids[0] ?? '')).toMatchObject([{ eventType: 'ShoppingListGenerated', version: 1 }]);
  });

  test('a plan that is merged into another list leaves its own, and comes off again when it is deleted', async () => {
    const ana = newId();
    const [first, second] = [await planOf(ana, ['2 eggs', '1 lemon']), await planOf(ana, ['3 eggs', 'Salt'])];
    const [into, own] = [await planWithList(house, first), await planWithList(house, second)];
    const { shoppingList } = await house.mutate(ana, 'generateShoppingList', { mealPlanId: second.id, into });
    expect(shoppingList.mealPlans).toEqual([{ id: first.id }, { id: second.id }]);
    expect(await foodsOn(house, ana, into)).toEqual({ eggs: '5', lemon: '1', salt: 'as needed' });
    expect(await readList(house, ana, own)).toBeNull();
    await sayPlanGone(house, first, 2);
    await soon(() => foodsOn(house, ana, into)).toEqual({ eggs: '3', salt: 'as needed' });
  });

  test('an archived list is a record that nothing changes; generating again makes a new one', async () => {
    const ana = newId();
    const plan = await planOf(ana, ['2 eggs']);
    const listId = await planWithList(house, plan);
    await house.mutate(ana, 'archiveShoppingList', { id: listId });
    expect(await codeOf(ana, 'addShoppingItem', { listId, text: 'milk' })).toBe('LIST_ARCHIVED');
    await sayPlan(house, { ...plan, items: [] }, 2);
    await soon(() => planVersionHeard(house, plan.id)).toBe(2);
    const { shoppingList } = await house.mutate(ana, 'generateShoppingList', { mealPlanId: plan.id });
    expect(shoppingList.items.totalCount).toBe(0);
    expect(await readList(house, ana, listId)).toMatchObject({ status: 'ARCHIVED', items: { totalCount: 1 } });
    const { data } = await house.graph(ana, '{ me { activeShoppingList { id } } }');
    expect(data.me.activeShoppingList.id).toBe(shoppingList.id);
  });
});

describe('sharing', () => {
  test('an editor changes the list, a viewer reads it, others see nothing by any path', async () => {
    const ana = newId();
    const [ben, cleo] = [await newUser(house, 'US'), await newUser(house)];
    const plan = await planOf(ana, ['1 kg flour']);
    const listId = await planWithList(house, plan);
    const [{ id }] = (await readList(house, ana, listId)).items.nodes;
    const paths = `query ($items: [_Any!]!, $id: ID!) {
      shoppingList(id: $id) { id }
      me { shoppingLists { nodes { id } } activeShoppingList { id } }
      _entities(representations: $items) {
        ... on ShoppingItem { food } ... on ShoppingList { name } ... on MealPlan { shoppingList { id } }
        ... on User { shoppingLists { totalCount } activeShoppingList { id } }
      }
    }`;
    const references = [
      { __typename: 'ShoppingItem', id },
      { __typename: 'ShoppingList', id: listId },
      { __typename: 'MealPlan', id: plan.id },
      { __typename: 'User', id: ana },
    ];
    const seen = async (viewer: string | null) =>
      JSON.stringify((await house.graph(viewer, paths, { items: references, id: listId })).data);
    const nothing =
      /^\{"shoppingList":null,"me":(null|\{"shoppingLists":\{"nodes":\[\]\},"activeShoppingList":null\}),"_entities":\[null,null,\{"shoppingList":null\},\{"shoppingLists":null,"activeShoppingList":null\}\]\}$/;
    for (const viewer of [ben, null]) expect(await seen(viewer)).toMatch(nothing);
    for (const [field, variables] of Object.entries({
      addShoppingItem: { listId, text: 'milk' },
      clearChecked: { listId },
      archiveShoppingList: { id: listId },
      shareShoppingList: { listId, userId: cleo, role: 'EDITOR' },
      unshareShoppingList: { listId, userId: ana },
      setPreferredStore: { listId },
    })) {
      expect(await codeOf(ben, field, variables), field).toBe('SHOPPING_LIST_NOT_FOUND');
    }
    expect(await codeOf(ben, 'setItemChecked', { id, checked: true })).toBe('SHOPPING_ITEM_NOT_FOUND');
    expect(await codeOf(ben, 'generateShoppingList', { mealPlanId: plan.id })).toBe('MEAL_PLAN_NOT_FOUND');

    await house.mutate(ana, 'shareShoppingList', { listId, userId: ben, role: 'VIEWER' });
    expect(await foodsOn(house, ben, listId)).toEqual({ flour: '2 ¼ lb' });
    expect(await codeOf(ben, 'setItemChecked', { id, checked: true })).toBe('FORBIDDEN');

    const { shoppingList } = await house.mutate(ana, 'shareShoppingList', { listId, userId: ben, role: 'EDITOR' });
    expect(shoppingList.collaborators).toEqual([{ role: 'EDITOR', user: { id: ben } }]);
    const { item } = await house.mutate(ben, 'setItemChecked', { id, checked: true });
    expect(item.checkedBy).toEqual({ id: ben });
    expect(await codeOf(ben, 'shareShoppingList', { listId, userId: cleo, role: 'VIEWER' })).toBe('FORBIDDEN');

    await house.mutate(ana, 'unshareShoppingList', { listId, userId: ben });
    expect(await seen(ben)).toMatch(nothing);
    const last = (await house.said(listId)).at(-1);
    expect(last?.eventData).toMatchObject({ cause: 'SHARED', collaboratorIds: [] });
  });

  test('a plan that an editor merged into the list leaves with them', async () => {
    const [ana, ben, cleo] = [newId(), await newUser(house), await newUser(house)];
    const listId = await emptyList(ana);
    await add(ana, listId, 'candles');
    await house.mutate(ana, 'shareShoppingList', { listId, userId: cleo, role: 'VIEWER' });
    await house.mutate(ana, 'shareShoppingList', { listId, userId: ben, role: 'EDITOR' });
    const plan = await planOf(ben, ['2 eggs']);
    await planWithList(house, plan);
    await house.mutate(ben, 'generateShoppingList', { mealPlanId: plan.id, into: listId });
    expect(await foodsOn(house, ana, listId)).toEqual({ candles: 'as needed', eggs: '2' });
    expect(await house.mutate(ben, 'unshareShoppingList', { listId, userId: ben })).toEqual({
      ...{ shoppingList: null, userErrors: [] },
    });
    expect(await foodsOn(house, ana, listId)).toEqual({ candles: 'as needed' });
    expect(await listOfPlan(house, ben, plan.id)).toBeNull();
    await house.mutate(ana, 'archiveShoppingList', { id: listId });
    await house.mutate(cleo, 'unshareShoppingList', { listId, userId: cleo });
    expect(await readList(house, cleo, listId)).toBeNull();
  });
});

describe('stores and mappings', () => {
  const aislesOf = async (ana: string, id: string) => {
    const document = 'query ($id: ID!) { shoppingList(id: $id) { itemsByAisle { aisle position items { food } } } }';
    const { data } = await house.graph(ana, document, { id });
    return data.shoppingList.itemsByAisle.map((group: { aisle: string }) => group.aisle);
  };

  test("aisles stand in the order of the list's store", async () => {
    const [ana, ben] = [newId(), newId()];
    const listId = await emptyList(ana);
    for (const text of ['apples', 'milk', 'salt']) await add(ana, listId, text);
    const usual = await aislesOf(ana, listId);
    expect(usual).toHaveLength(3);
    const input = { name: 'Corner Shop', address: '1 Main Street', aisleOrder: [...usual].reverse() };
    const { store } = await house.mutate(ben, 'createStoreLocation', { input });
    expect(store).toMatchObject(input);
    const { shoppingList } = await house.mutate(ana, 'setPreferredStore', { listId, storeId: store.id });
    expect(shoppingList.store).toEqual({ id: store.id, name: 'Corner Shop' });
    expect(await aislesOf(ana, listId)).toEqual([...usual].reverse());
    expect(await codeOf(ana, 'updateStoreLocation', { id: store.id, input })).toBe('FORBIDDEN');
    const renamed = await house.mutate(ben, 'updateStoreLocation', {
      id: store.id,
      input: { ...input, name: 'Market' },
    });
    expect(renamed.store.name).toBe('Market');
    const find = 'query ($text: String) { storeLocations(text: $text) { edges { node { name } } } }';
    for (const text of ['market', 'main', '"main', '-main']) {
      const { data } = await house.graph(ana, find, { text });
      expect(data.storeLocations.edges, text).toEqual([{ node: { name: 'Market' } }]);
    }
    expect((await house.graph(ana, find, { text: 'nowhere' })).data.storeLocations.edges).toEqual([]);
  });

  test("a user's own mapping wins over the default, on lists in use and on later ones", async () => {
    const ana = newId();
    const listId = await emptyList(ana);
    await add(ana, listId, '2 eggs');
    const document =
      'query ($food: String!) { ingredientMapping(food: $food) { food canonicalFood aisle purchaseUnit } }';
    const before = (await house.graph(ana, document, { food: 'eggs' })).data.ingredientMapping;
    expect(before).toMatchObject({ food: 'eggs', canonicalFood: 'egg', purchaseUnit: null });
    const mapping = { food: 'free-range eggs', aisle: 'farm stand', purchaseUnit: 'boxes' };
    const { mapping: kept } = await house.mutate(ana, 'mapIngredient', mapping);
    expect(kept).toEqual({ ...mapping, canonicalFood: 'egg', purchaseUnit: 'box' });
    expect((await house.graph(ana, document, { food: 'eggs' })).data.ingredientMapping.aisle).toBe('farm stand');
    expect((await house.graph(newId(), document, { food: 'eggs' })).data.ingredientMapping.aisle).toBe(before.aisle);
    expect(await aislesOf(ana, listId)).toEqual(['farm stand']);
    expect((await add(ana, listId, '1 egg')).aisle).toBe('farm stand');
  });
});
