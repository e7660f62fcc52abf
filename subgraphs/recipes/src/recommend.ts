import { page, type Page, type PageArgs } from '@mealprep360/service/paging';
import type { Context } from './context.ts';
import { reasonsFor } from './domain/recommendation.ts';
import { knownPreferences } from './known-preferences.ts';
import { recommendationOf } from './models/recipe-recommendation.ts';
import type { RecipeRecord } from './models/recipe.ts';

export interface Recommendations extends Page<RecipeRecord> {
  reasonsFor: (recipe: RecipeRecord) => string[];
}

/** Of more saved recipes the newest count: a ranking is no archive. */
const MAX_SAVED = 1000;

/** A page of what is recommended to this user: the same number of commands for every page. Throws a Fault NOT_READY. */
export async function recommend(
  context: Pick<Context, 'models' | 'userCopies' | 'ask' | 'commit'>,
  userId: string,
  args: PageArgs,
): Promise<Recommendations> {
  const { models } = context;
  const taste = await knownPreferences(context, userId);
  const saved = await models.saved
    .find({ userId }, { recipeId: 1 })
    .sort({ dateSaved: -1, _id: -1 })
    .limit(MAX_SAVED)
    .lean();
  const savedIds = saved.map(save => save.recipeId);
  const recommended = await page({ model: models.recipes, ...recommendationOf(userId, taste, savedIds) }, args);
  const reasons = (recipe: RecipeRecord) =>
    reasonsFor(recipe, taste, { isOwn: recipe.ownerId === userId, isSaved: savedIds.includes(recipe._id) });
  let total: Promise<number> | undefined;
  // However often the user stands in an answer, it is counted once.
  return { ...recommended, totalCount: () => (total ??= recommended.totalCount()), reasonsFor: reasons };
}
