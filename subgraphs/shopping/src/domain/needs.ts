import type { MealPlanState } from '@mealprep360/contracts/mealplans';
import type { RecipeState } from '@mealprep360/contracts/recipes';
import { mergeLines, type Source } from '@mealprep360/quantity/merge-lines';
import { parseLines } from '@mealprep360/quantity/parse-line';
import { parseYield } from '@mealprep360/quantity/yield';
import type { ItemSource, Need } from './item.ts';

/** What a list needs to know of a recipe. */
export type RecipeLines = Pick<RecipeState, 'ownerId' | 'visibility' | 'recipeYield' | 'recipeIngredient'>;

/** A meal of a plan that is cooked from a recipe. */
export interface CookedMeal {
  mealPlanId: string;
  mealPlanItemId: string;
  /** whose plan it is */
  cookId: string;
  recipeId: string;
  /** the recipe's version that was planned, or null when any will do */
  recipeVersion: number | null;
  servings: number;
}

/** The meals of a plan that something is bought for: neither on a skipped day, nor a note, nor what is left over. */
export function cookedMeals(plan: MealPlanState): CookedMeal[] {
  const skipped = new Set(plan.skippedDays);
  return plan.items.flatMap(({ id, date, recipeId, recipeVersion, leftoverOfId, servings }) =>
    recipeId === null || leftoverOfId !== null || skipped.has(date)
      ? []
      : [{ mealPlanId: plan.id, mealPlanItemId: id, cookId: plan.ownerId, recipeId, recipeVersion, servings }],
  );
}

/**
 * What to buy for these meals. A recipe is scaled from the servings that it yields to those that are planned; one that
 * names no number is taken to serve as many as are asked for. A recipe that is not there any more, or that the cook may
 * not see, buys nothing. The order of the meals makes no difference.
 */
export function needsOf(
  meals: readonly CookedMeal[],
  recipes: ReadonlyMap<string, RecipeLines>,
): Omit<Need, 'aisle'>[] {
  const inOrder = [...meals].sort((a, b) => (a.mealPlanItemId < b.mealPlanItemId ? -1 : 1));
  const lines = inOrder.flatMap(meal => {
    const recipe = recipes.get(meal.recipeId);
    return recipe && mayCook(meal.cookId, recipe) ? linesOf(meal, recipe) : [];
  });
  return mergeLines(lines).map(({ sources, ...need }) => ({
    ...need,
    sources: sources.map(({ ref, ...asked }) => ({ ...ref, ...asked })),
  }));
}

const mayCook = (userId: string, recipe: RecipeLines): boolean =>
  recipe.visibility !== 'PRIVATE' || recipe.ownerId === userId;

type Ref = Omit<ItemSource, 'line' | 'measure'>;

function linesOf(meal: CookedMeal, recipe: RecipeLines): Source<Ref>[] {
  const { mealPlanId, mealPlanItemId, recipeId, servings } = meal;
  const yields = parseYield(recipe.recipeYield)?.value ?? 0;
  const factor = yields > 0 ? servings / yields : 1;
  const ref = { mealPlanId, mealPlanItemId, recipeId, authorId: recipe.ownerId };
  return parseLines(recipe.recipeIngredient).map(line => ({ line, factor, ref }));
}
