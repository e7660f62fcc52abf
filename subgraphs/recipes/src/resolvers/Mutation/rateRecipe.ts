import { RecipeRated } from '@mealprep360/contracts/recipes';
import { newId } from '@mealprep360/mongo/id';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { z } from 'zod';
import type { MutationResolvers } from '../../generated/types.ts';
import type { RecipeRatingRecord } from '../../models/recipe-rating.ts';
import { visibleRecipe } from '../../recipe-aggregate.ts';
import { plainText } from '../../domain/plain-text.ts';
import { ratingChange } from '../../domain/rating.ts';

const review = z.object({
  ratingValue: z.int().min(1, 'A rating is 1 to 5 stars.').max(5, 'A rating is 1 to 5 stars.'),
  reviewBody: z
    .string()
    .max(5000, 'A review has at most 5000 characters.')
    .nullish()
    .transform(body => plainText(body ?? '').trim() || null),
});

export const rateRecipe: NonNullable<MutationResolvers['rateRecipe']> = async (
  _,
  args,
  { viewer, commit, loaders },
) => {
  const userId = signedIn(viewer);
  const { ratingValue, reviewBody } = valid(review, args);
  const recipe = await commit(async work => {
    const { session, now: dateCreated } = work;
    const recipe = await visibleRecipe(work, viewer, args.recipeId);
    const before = await work.ratings
      .findOne({ recipeId: recipe._id, userId })
      .session(session)
      .lean<RecipeRatingRecord>();
    const _id = before?._id ?? newId();
    const version = (before?.version ?? 0) + 1;
    const rating = { recipeId: recipe._id, userId, ratingValue, reviewBody, version, dateCreated };
    await work.ratings.updateOne({ _id }, { $set: rating }, { session, upsert: true });
    const sums = ratingChange(before?.ratingValue ?? null, ratingValue);
    await work.recipes.updateOne({ _id: recipe._id }, { $inc: sums }, { session });
    work.emit(RecipeRated.of(_id, version, { id: _id, recipeId: recipe._id, userId, ratingValue }));
    return {
      ...recipe,
      ratingSum: recipe.ratingSum + sums.ratingSum,
      ratingCount: recipe.ratingCount + sums.ratingCount,
    };
  });
  loaders.viewerRating.clear(recipe._id);
  return { recipe, userErrors: [] };
};
