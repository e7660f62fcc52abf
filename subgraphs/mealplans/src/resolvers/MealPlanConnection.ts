import type { MealPlanConnectionResolvers } from '../generated/types.ts';

export const MealPlanConnection: MealPlanConnectionResolvers = {
  totalCount: page => page.totalCount(),
};
