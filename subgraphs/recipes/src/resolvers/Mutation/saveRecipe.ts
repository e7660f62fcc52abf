import { newId } from '@mealprep360/mongo/id';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { visibleRecipe } from '../../recipe-aggregate.ts';

export const saveRecipe: NonNullable<MutationResolvers['saveRecipe']> = async (
  _,
  { recipeId },
  { viewer, commit, loaders },
) => {
  const userId = signedIn(viewer);
  const recipe = await commit(async work => {
    const visible = await visibleRecipe(work, viewer, recipeId);
    const first = { $setOnInsert: { _id: newId(), dateSaved: work.now } };
    await work.saved.updateOne({ userId, recipeId }, first, { session: work.session, upsert: true });
    return visible;
  });
  loaders.viewerHasSaved.clear(recipeId);
  return { recipe, userErrors: [] };
};
