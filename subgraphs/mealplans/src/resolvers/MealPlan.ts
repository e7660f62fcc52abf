import { planDays } from '../domain/plan.ts';
import type { MealPlanResolvers } from '../generated/types.ts';

export const MealPlan: MealPlanResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.plan.load(id),
  id: plan => plan._id,
  owner: plan => ({ id: plan.ownerId }),
  days: async (plan, _, { loaders }) =>
    planDays(
      plan,
      ...(await Promise.all([loaders.itemsOfPlan.load(plan._id), loaders.skippedDaysOfPlan.load(plan._id)])),
    ),
  items: async (plan, { date }, { loaders }) => {
    const items = await loaders.itemsOfPlan.load(plan._id);
    return date == null ? items : items.filter(item => item.date === date);
  },
  skippedDays: (plan, _, { loaders }) => loaders.skippedDaysOfPlan.load(plan._id),
};
