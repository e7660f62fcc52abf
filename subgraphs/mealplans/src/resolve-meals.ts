import { newId } from '@mealprep360/mongo/id';
import { fault } from '@mealprep360/service/fault';
import type { Context } from './context.ts';
import type { MealInput } from './domain/plan-input.ts';
import { leftOf, type PlannedMeal } from './domain/plan.ts';
import { knownRecipes, recipeNotFound } from './known-recipes.ts';
import type { MealPlanItemRecord } from './models/meal-plan-item.ts';
import { listedStatuses } from './models/meal-plan.ts';

/**
 * Meals with all that their input leaves open. Throws a Fault RECIPE_NOT_FOUND, LEFTOVER_NOT_FOUND, INVALID_LEFTOVER
 * or NOT_READY. Asks other services: not to be called inside a transaction.
 */
export async function resolveMeals(
  context: Context,
  ownerId: string,
  inputs: readonly MealInput[],
  pathOf: (index: number) => readonly string[],
): Promise<Omit<PlannedMeal, 'position'>[]> {
  const wanted = inputs.map(item => item.recipeId);
  const recipes = await knownRecipes(context, ownerId, wanted);
  const unknown = wanted.findIndex(id => id !== null && !recipes.has(id));
  if (unknown >= 0) throw recipeNotFound([...pathOf(unknown), 'recipeId']);
  await checkLeftovers(context, ownerId, inputs, pathOf);
  const preferred = inputs.some(item => item.servings === null) ? await preferredServings(context, ownerId) : 0;
  return inputs.map(item => ({
    ...item,
    _id: newId(),
    recipeVersion: item.recipeId === null ? null : (recipes.get(item.recipeId) ?? null),
    servings: item.servings ?? preferred,
    cookedAt: null,
  }));
}

async function preferredServings({ loaders }: Context, userId: string): Promise<number> {
  const user = await loaders.user.load(userId);
  if (user === null) throw fault('USER_NOT_FOUND', 'This account does not exist any more.');
  return user.preferences.defaultServings;
}

async function checkLeftovers(
  { models }: Context,
  ownerId: string,
  inputs: readonly MealInput[],
  pathOf: (index: number) => readonly string[],
): Promise<void> {
  const ids = inputs.map(item => item.leftoverOfId).filter(id => id !== null);
  if (ids.length === 0) return;
  const found = await models.items.find({ _id: { $in: ids }, ownerId }).lean<MealPlanItemRecord[]>();
  const said = { _id: { $in: found.map(dish => dish.mealPlanId) }, status: { $in: [...listedStatuses] } };
  const plans = new Set((await models.plans.find(said).select('_id').lean()).map(plan => plan._id));
  const dishes = new Map(found.filter(dish => plans.has(dish.mealPlanId)).map(dish => [dish._id, dish]));
  inputs.forEach(({ leftoverOfId, date }, index) => {
    if (leftoverOfId === null) return;
    const path = [...pathOf(index), 'leftoverOfId'];
    const dish = dishes.get(leftoverOfId);
    if (dish === undefined) throw fault('LEFTOVER_NOT_FOUND', 'You have no such item that could be left over.', path);
    leftOf(dish, date, path);
  });
}
