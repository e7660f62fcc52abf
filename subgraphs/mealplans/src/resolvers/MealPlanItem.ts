import type { MealPlanItemResolvers } from '../generated/types.ts';

export const MealPlanItem: MealPlanItemResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.item.load(id),
  id: item => item._id,
  recipe: item => (item.recipeId === null ? null : { id: item.recipeId }),
  leftoverOf: (item, _, { loaders }) => (item.leftoverOfId === null ? null : loaders.item.load(item.leftoverOfId)),
};
