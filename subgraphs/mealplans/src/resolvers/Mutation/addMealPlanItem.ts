import { id } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { mealInput } from '../../domain/plan-input.ts';
import { addMeal } from '../../domain/plan.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { changePlan } from '../../plan-aggregate.ts';
import { resolveMeals } from '../../resolve-meals.ts';

export const addMealPlanItem: NonNullable<MutationResolvers['addMealPlanItem']> = async (_, args, context) => {
  const ownerId = signedIn(context.viewer);
  const which = { planId: valid(id, args.mealPlanId, ['mealPlanId']), path: ['mealPlanId'] };
  const input = valid(mealInput, args.input, ['input']);
  const meals = await resolveMeals(context, ownerId, [input], () => ['input']);
  const mealPlan = await context.commit(work => changePlan(work, ownerId, which, plan => meals.reduce(addMeal, plan)));
  return { mealPlan, userErrors: [] };
};
