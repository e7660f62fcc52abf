import type { ItemSourceResolvers } from '../generated/types.ts';

export const ItemSource: ItemSourceResolvers = {
  recipe: source => ({ id: source.recipeId }),
  mealPlanItem: source => ({ id: source.mealPlanItemId }),
};
