import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shoppingItemCollection } from '../src/models/shopping-item.ts';
import { forPlans, shoppingListCollection } from '../src/models/shopping-list.ts';
import {
  dinner,
  newUser,
  openHouse,
  planState,
  planVersionHeard,
  planWithList,
  recipeState,
  sayRecipe,
  soon,
  type House,
} from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

/** So many plans, with lists of so many items, when all of it is heard and done. */
const lists = (ana: string, count: number, length: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const dish = recipeState(
        ana,
        Array.from({ length }, (_, line) => `${line + 1} g herb no${line}x`),
      );
      await sayRecipe(house, dish);
      const plan = planState(ana, [dinner('2026-11-23', dish.id)]);
      const id = await planWithList(house, plan);
      await soon(() => planVersionHeard(house, plan.id)).toBe(1);
      return id;
    }),
  );

const everything = `{ me {
  activeShoppingList { id }
  shoppingLists(first: 100) { totalCount nodes {
    owner { id } mealPlans { id } collaborators { user { id } } store { name }
    items { totalCount edges { node { food display sources { recipe { id } mealPlanItem { id } } checkedBy { id } } } }
    checked: items(checked: true) { totalCount nodes { id } }
    itemsByAisle { items { food } }
  } }
} }`;

describe('commands', () => {
  const commandsOf = (viewer: string, items: number) =>
    house.commandsOf('shopping', async () => {
      const { data, errors } = await house.graph(viewer, everything);
      expect(errors).toBeUndefined();
      const nodes: { items: { edges: unknown[] } }[] = data.me.shoppingLists.nodes;
      expect(nodes.flatMap(list => list.items.edges)).toHaveLength(items);
    });

  test('are as many for a list of 5 as for a list of 50, and for 2 lists as for 10', async () => {
    const [ana, ben, cleo, dan] = [newId(), newId(), newId(), newId()];
    await lists(ana, 1, 5);
    await lists(ben, 1, 50);
    await lists(cleo, 2, 5);
    await lists(dan, 10, 5);
    const few = await commandsOf(ana, 5);
    expect(await commandsOf(ben, 50)).toEqual(few);
    expect(await commandsOf(cleo, 10)).toEqual(few);
    expect(await commandsOf(dan, 50)).toEqual(few);
    expect(few.length).toBeLessThanOrEqual(10);
  });

  test('the list of a plan, of a recipe and of a person is found by an index', async () => {
    const rows = house.service('shopping').db.raw(shoppingListCollection);
    for (const filter of [forPlans([newId()]), { recipeIds: newId() }, { memberIds: newId() }]) {
      const plan = JSON.stringify(await rows.find(filter).explain('queryPlanner'));
      expect(plan).toContain('IXSCAN');
    }
  });

  test('references are read in batches', async () => {
    const ana = newId();
    const ids = await lists(ana, 5, 1);
    const document = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on ShoppingList { name } } }';
    const of = ids.map(id => ({ __typename: 'ShoppingList', id }));
    expect(await house.commandsOf('shopping', () => house.graph(ana, document, { of }))).toEqual([
      'find shopping_lists',
    ]);
  });
});

describe('caps', () => {
  test('a list holds 500 written items; the unpaged aisles show 500, the pages all', async () => {
    const ana = newId();
    const listId = (await house.mutate(ana, 'createShoppingList', { name: 'Large' })).shoppingList.id;
    await house.mutate(ana, 'addShoppingItem', { listId, text: 'a thing' });
    const items = house.service('shopping').db.raw(shoppingItemCollection);
    const thing = await items.findOne({ listId });
    if (thing === null) throw new Error('the item is not stored');
    await items.insertMany(Array.from({ length: 504 }, () => ({ ...thing, _id: newId() })));
    const { userErrors } = await house.mutate(ana, 'addShoppingItem', { listId, text: 'one more' });
    expect(userErrors).toMatchObject([{ code: 'LIST_FULL' }]);
    const document = `query ($id: ID!, $after: String) { shoppingList(id: $id) {
      itemsByAisle { items { id } } items(first: 500, after: $after) { totalCount nodes { id } pageInfo { endCursor } }
    } }`;
    const { data } = await house.graph(ana, document, { id: listId });
    expect(data.shoppingList.itemsByAisle.flatMap((group: { items: unknown[] }) => group.items)).toHaveLength(500);
    expect(data.shoppingList.items.totalCount).toBe(505);
    const rest = await house.graph(ana, document, { id: listId, after: data.shoppingList.items.pageInfo.endCursor });
    expect(rest.data.shoppingList.items.nodes).toHaveLength(5);
  });

  test('a list is shared with 50 people and buys for 20 plans', async () => {
    const ana = newId();
    const listId = (await house.mutate(ana, 'createShoppingList', { name: 'Club' })).shoppingList.id;
    const db = house.service('shopping').db.connection.collection<{ _id: string }>('shopping_lists');
    const collaborators = Array.from({ length: 50 }, () => ({ userId: newId(), role: 'VIEWER' }));
    const mealPlanIds = Array.from({ length: 20 }, newId);
    await db.updateOne({ _id: listId }, { $set: { collaborators, mealPlanIds } });
    const userId = await newUser(house);
    const shared = await house.mutate(ana, 'shareShoppingList', { listId, userId, role: 'VIEWER' });
    expect(shared.userErrors).toMatchObject([{ code: 'TOO_MANY_COLLABORATORS' }]);
    const plan = planState(ana, []);
    await planWithList(house, plan);
    const merged = await house.mutate(ana, 'generateShoppingList', { mealPlanId: plan.id, into: listId });
    expect(merged.userErrors).toMatchObject([{ code: 'TOO_MANY_PLANS' }]);
  });
});

describe('bad input', () => {
  test('is told by field, code and path, and writes nothing', async () => {
    const ana = newId();
    const listId = (await house.mutate(ana, 'createShoppingList', { name: '  Party\u0000  food ' })).shoppingList.id;
    const { item } = await house.mutate(ana, 'addShoppingItem', { listId, text: 'milk' });
    const at = { id: item.id, expectedVersion: item.version };
    const store = { name: 'Shop', aisleOrder: [] };
    const table: [field: string, variables: object, code: string, path: string[] | null][] = [
      ['createShoppingList', { name: '   ' }, 'INVALID_INPUT', ['name']],
      ['createShoppingList', { name: 'x'.repeat(101) }, 'INVALID_INPUT', ['name']],
      ['addShoppingItem', { listId, text: '' }, 'INVALID_INPUT', ['text']],
      ['addShoppingItem', { listId, text: '2 kg' }, 'INVALID_INPUT', ['text']],
      ['addShoppingItem', { listId, text: 'x'.repeat(301) }, 'INVALID_INPUT', ['text']],
      ['addShoppingItem', { listId: '{"$ne":null}', text: 'milk' }, 'INVALID_INPUT', ['listId']],
      ['addShoppingItem', { listId: newId(), text: 'milk' }, 'SHOPPING_LIST_NOT_FOUND', ['listId']],
      ['updateShoppingItem', { ...at, input: { quantity: 1, unit: 'flurb' } }, 'UNKNOWN_UNIT', ['input', 'unit']],
      ['updateShoppingItem', { ...at, input: { unit: 'kg' } }, 'INVALID_INPUT', ['input', 'unit']],
      ['updateShoppingItem', { ...at, input: { quantity: -1 } }, 'INVALID_INPUT', ['input', 'quantity']],
      ['updateShoppingItem', { ...at, input: { quantity: 1e300 } }, 'INVALID_INPUT', ['input', 'quantity']],
      ['updateShoppingItem', { ...at, input: { food: ' ' } }, 'INVALID_INPUT', ['input', 'food']],
      ['updateShoppingItem', { ...at, id: 'nonsense', input: {} }, 'INVALID_INPUT', ['id']],
      ['setItemChecked', { id: item.id, checked: true, clientMutationId: '' }, 'INVALID_INPUT', ['clientMutationId']],
      ['setItemChecked', { id: newId(), checked: true }, 'SHOPPING_ITEM_NOT_FOUND', ['id']],
      ['removeShoppingItem', { id: newId() }, 'SHOPPING_ITEM_NOT_FOUND', ['id']],
      ['generateShoppingList', { mealPlanId: 'nonsense' }, 'INVALID_INPUT', ['mealPlanId']],
      ['generateShoppingList', { mealPlanId: newId() }, 'NOT_READY', ['mealPlanId']],
      ['shareShoppingList', { listId, userId: newId(), role: 'EDITOR' }, 'USER_NOT_FOUND', ['userId']],
      ['shareShoppingList', { listId, userId: newId(), role: 'OWNER' }, 'INVALID_ROLE', ['role']],
      ['shareShoppingList', { listId, userId: ana, role: 'EDITOR' }, 'INVALID_INPUT', ['userId']],
      ['unshareShoppingList', { listId, userId: 'nonsense' }, 'INVALID_INPUT', ['userId']],
      ['setPreferredStore', { listId, storeId: newId() }, 'STORE_NOT_FOUND', ['storeId']],
      ['createStoreLocation', { input: { ...store, name: '' } }, 'INVALID_INPUT', ['input', 'name']],
      ['createStoreLocation', { input: { ...store, aisleOrder: [''] } }, 'INVALID_INPUT', ['input', 'aisleOrder', '0']],
      ['updateStoreLocation', { id: newId(), input: store }, 'STORE_NOT_FOUND', ['id']],
      ['mapIngredient', { food: '', aisle: 'x' }, 'INVALID_INPUT', ['food']],
      ['mapIngredient', { food: 'egg', aisle: 'x', purchaseUnit: 'flurb' }, 'UNKNOWN_UNIT', ['purchaseUnit']],
    ];
    for (const [field, variables, code, path] of table) {
      const payload = await house.mutate(ana, field, variables);
      expect(payload.userErrors, `${field} ${JSON.stringify(variables)}`).toMatchObject([{ code, path }]);
    }
    expect(await house.said(listId)).toHaveLength(2);
  });

  test('in a query is a GraphQL error with a stable code', async () => {
    const ana = newId();
    const table: [document: string, code: string][] = [
      ['{ shoppingList(id: "nonsense") { id } }', 'INVALID_INPUT'],
      ['{ storeLocations(first: -1) { edges { cursor } } }', 'INVALID_FIRST'],
      ['{ storeLocations(first: 1000000) { edges { cursor } } }', 'INVALID_FIRST'],
      ['{ storeLocations(after: "nonsense") { edges { cursor } } }', 'INVALID_CURSOR'],
      ['{ me { shoppingLists(first: 101) { totalCount } } }', 'INVALID_FIRST'],
      ['{ ingredientMapping(food: "  ") { aisle } }', 'INVALID_INPUT'],
    ];
    for (const [document, code] of table) {
      const { errors } = await house.graph(ana, document);
      expect(errors?.[0]?.extensions.code, document).toBe(code);
    }
    const { errors } = await house.graph(null, '{ storeLocations { edges { cursor } } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('hostile strings are texts like any other', async () => {
    const ana = newId();
    const listId = (await house.mutate(ana, 'createShoppingList', { name: '<script>' })).shoppingList.id;
    for (const text of ['<img onerror=x>', '{"$gt": ""}', "'; drop table", '\u202Emilk', '面粉 500 g', '1e999 eggs']) {
      const { item, userErrors } = await house.mutate(ana, 'addShoppingItem', { listId, text });
      expect({ text, userErrors }).toEqual({ text, userErrors: [] });
      expect(item.food).not.toBe('');
    }
  });
});
