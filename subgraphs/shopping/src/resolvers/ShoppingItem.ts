import { displayMeasures } from '@mealprep360/quantity/display';
import { shownAisle, shownAmounts, shownAsNeeded, shownFood } from '../domain/edit-item.ts';
import type { ShoppingItemResolvers } from '../generated/types.ts';

export const ShoppingItem: ShoppingItemResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.item.load(id),
  id: item => item._id,
  food: shownFood,
  amounts: item => [...shownAmounts(item)],
  asNeeded: shownAsNeeded,
  display: async (item, _, { loaders, viewer }) => {
    const system = viewer.userId === null ? 'METRIC' : await loaders.measurementSystem.load(viewer.userId);
    return displayMeasures(shownAmounts(item), shownAsNeeded(item), system);
  },
  aisle: shownAisle,
  checkedBy: item => (item.checkedBy === null ? null : { id: item.checkedBy }),
};
