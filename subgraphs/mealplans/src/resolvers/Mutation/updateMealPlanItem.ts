import { id } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { mealPatch } from '../../domain/plan-input.ts';
import { changeMeal, type MealPatch } from '../../domain/plan.ts';
import type { Context } from '../../context.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { knownRecipes, recipeNotFound } from '../../known-recipes.ts';
import { changePlan } from '../../plan-aggregate.ts';

export const updateMealPlanItem: NonNullable<MutationResolvers['updateMealPlanItem']> = async (_, args, context) => {
  const ownerId = signedIn(context.viewer);
  const itemId = valid(id, args.id, ['id']);
  const { date, mealType, servings, position, note, recipeId } = valid(mealPatch, args.input, ['input']);
  const patch = {
    ...(date != null && { date }),
    ...(mealType != null && { mealType }),
    ...(servings != null && { servings }),
    ...(position != null && { position }),
    ...(note !== undefined && { note }),
    ...(recipeId !== undefined && (await recipePatch(context, ownerId, recipeId))),
  };
  const mealPlan = await context.commit(work =>
    changePlan(work, ownerId, { itemId, path: ['id'] }, plan => changeMeal(plan, itemId, patch)),
  );
  return { mealPlan, userErrors: [] };
};

async function recipePatch(context: Context, userId: string, recipeId: string | null): Promise<MealPatch> {
  if (recipeId === null) return { recipeId, recipeVersion: null };
  const recipeVersion = (await knownRecipes(context, userId, [recipeId])).get(recipeId);
  if (recipeVersion === undefined) throw recipeNotFound(['input', 'recipeId']);
  return { recipeId, recipeVersion };
}
