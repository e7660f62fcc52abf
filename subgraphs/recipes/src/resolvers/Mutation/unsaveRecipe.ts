import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { visibleRecipe } from '../../recipe-aggregate.ts';

export const unsaveRecipe: NonNullable<MutationResolvers['unsaveRecipe']> = async (
  _,
  { recipeId },
  { viewer, commit, loaders },
) => {
  const userId = signedIn(viewer);
  const recipe = await commit(async work => {
    const visible = await visibleRecipe(work, viewer, recipeId);
    await work.saved.deleteOne({ userId, recipeId }, { session: work.session });
    return visible;
  });
  loaders.viewerHasSaved.clear(recipeId);
  return { recipe, userErrors: [] };
};
