import { id } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { removeMeal } from '../../domain/plan.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { changePlan } from '../../plan-aggregate.ts';

export const removeMealPlanItem: NonNullable<MutationResolvers['removeMealPlanItem']> = async (_, args, context) => {
  const ownerId = signedIn(context.viewer);
  const itemId = valid(id, args.id, ['id']);
  const mealPlan = await context.commit(work =>
    changePlan(work, ownerId, { itemId, path: ['id'] }, plan => removeMeal(plan, itemId)),
  );
  return { mealPlan, userErrors: [] };
};
