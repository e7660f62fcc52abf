import { copies } from '@mealprep360/events/copy';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { shoppingItemCollection, type ShoppingItemRecord } from '@mealprep360/shopping/models/shopping-item';
import { shoppingListCollection, type ShoppingListRecord } from '@mealprep360/shopping/models/shopping-list';
import { storeLocationCollection } from '@mealprep360/shopping/models/store-location';
import { userCopyCollection } from '@mealprep360/shopping/models/user-copy';
import type { Seed, Size } from '../measure.ts';
import { hour, times } from './times.ts';

/** the plans that a list buys for, and the kinds of units on one line, are few */
const MOST_PLANS = 20;
const units = ['gram', 'milliliter', '', 'clove', 'bunch', 'tin', 'slice', 'pinch'];

/** Lists of one owner, each with a store of its own, plans, collaborators and items; the owner looks. */
export const seedShopping: Seed = async (db, size) => {
  const owner = newId();
  const ways = ['User.shoppingLists', '_entities.ShoppingList', '_entities.MealPlan'];
  const count = Math.max(...ways.map(list => size(list)));
  const stores = await seedStores(
    db,
    owner,
    Math.max(count, size('Query.storeLocations'), size('_entities.StoreLocation')),
    size,
  );
  const lists = times(count, index => shoppingList(owner, index, stores[index] ?? null, size));
  const items = lists.flatMap(list => itemsOf(list, size));
  await db.model(shoppingListCollection).insertMany(lists);
  await db.model(shoppingItemCollection).insertMany(items);
  await copies(userCopyCollection, { db }).keep(owner, 1, { measurementSystem: 'US' });
  return {
    viewer: { userId: owner },
    arguments: {
      'Query.shoppingList.id': lists[0]?._id,
      '_entities.ShoppingList': lists.slice(0, size('_entities.ShoppingList')).map(({ _id }) => _id),
      '_entities.MealPlan': lists.slice(0, size('_entities.MealPlan')).map(({ mealPlanIds }) => mealPlanIds[0]),
      '_entities.ShoppingItem': items.slice(0, size('_entities.ShoppingItem')).map(({ _id }) => _id),
      '_entities.StoreLocation': stores.slice(0, size('_entities.StoreLocation')),
      '_entities.User': times(size('_entities.User'), index => (index === 0 ? owner : newId())),
    },
  };
};

async function seedStores(db: Database, ownerId: string, count: number, size: Size): Promise<string[]> {
  const ids = times(count, newId);
  const aisleOrder = times(size('StoreLocation.aisleOrder'), index => `aisle ${index}`);
  const store = { ownerId, address: null, aisleOrder };
  await db
    .model(storeLocationCollection)
    .insertMany(ids.map((_id, index) => ({ _id, name: `Store ${index}`, ...store })));
  return ids;
}

function shoppingList(ownerId: string, index: number, storeId: string | null, size: Size): ShoppingListRecord {
  const collaborators = times(size('ShoppingList.collaborators'), () => ({ userId: newId(), role: 'VIEWER' as const }));
  return {
    ...{ _id: newId(), ownerId, name: `List ${index}`, collaborators, storeId, status: 'ACTIVE', version: 1 },
    memberIds: [ownerId, ...collaborators.map(({ userId }) => userId)],
    mealPlanIds: times(size('ShoppingList.mealPlans', MOST_PLANS), newId),
    ...{ recipeIds: [], createdAt: hour(index), updatedAt: hour(index), comparedAt: hour(index) },
  };
}

function itemsOf({ _id: listId, ownerId }: ShoppingListRecord, size: Size): ShoppingItemRecord[] {
  const aisles = size('ShoppingList.itemsByAisle');
  const lists = [size('ShoppingList.items'), size('_entities.ShoppingItem'), aisles * size('AisleGroup.items')];
  const amounts = units
    .slice(0, size('ShoppingItem.amounts', units.length))
    .map(unit => ({ quantity: 2, quantityMax: null, unit }));
  return times(Math.max(...lists), index => ({
    ...{ _id: newId(), listId, key: `food ${index}`, food: `food ${index}`, amounts, asNeeded: false },
    ...{ aisle: `aisle ${index % aisles}`, note: null, checked: true, checkedBy: ownerId, manual: false, version: 1 },
    sources: times(size('ShoppingItem.sources'), nth => ({
      ...{ mealPlanId: newId(), mealPlanItemId: newId(), recipeId: newId(), line: `line ${nth}`, authorId: null },
      measure: { quantity: 2, quantityMax: null, unit: 'gram' },
    })),
    ...{ edited: { food: null, amounts: null, aisle: null }, removed: false, settled: null, authors: [], listed: true },
  }));
}
