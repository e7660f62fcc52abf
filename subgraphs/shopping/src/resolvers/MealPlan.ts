import type { MealPlanResolvers } from '../generated/types.ts';

export const MealPlan: MealPlanResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  shoppingList: (plan, _, { loaders }) => loaders.listOfPlan.load(plan.id),
};
