import { aisles } from '@mealprep360/quantity/aisle';
import { byAisle } from '../domain/by-aisle.ts';
import { shownAisle } from '../domain/edit-item.ts';
import type { ShoppingListResolvers } from '../generated/types.ts';
import { MAX_ITEMS } from '../loaders.ts';

export const ShoppingList: ShoppingListResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.list.load(id),
  id: list => list._id,
  owner: list => ({ id: list.ownerId }),
  mealPlans: list => list.mealPlanIds.map(id => ({ id })),
  store: (list, _, { loaders }) => (list.storeId === null ? null : loaders.store.load(list.storeId)),
  items: (list, { first, after, checked }, { loaders }) => {
    const items = checked == null ? loaders.items : checked ? loaders.checkedItems : loaders.openItems;
    return items.load(list._id, { first, after });
  },
  itemsByAisle: async (list, _, { loaders }) => {
    const [items, store] = await Promise.all([
      loaders.items.load(list._id, { first: MAX_ITEMS }),
      list.storeId === null ? null : loaders.store.load(list.storeId),
    ]);
    return byAisle(items.nodes, shownAisle, store?.aisleOrder ?? [], aisles);
  },
};
