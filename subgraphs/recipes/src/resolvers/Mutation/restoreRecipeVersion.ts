import { fault } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import type { RecipeVersionRecord } from '../../models/recipe-version.ts';
import { editRecipe, ownRecipe } from '../../recipe-aggregate.ts';

export const restoreRecipeVersion: NonNullable<MutationResolvers['restoreRecipeVersion']> = (
  _,
  { id, version },
  { viewer, commit },
) => {
  const author = signedIn(viewer);
  return commit(async work => {
    const recipe = await ownRecipe(work, author, id);
    const kept = await work.versions
      .findOne({ recipeId: id, version })
      .session(work.session)
      .lean<RecipeVersionRecord>();
    if (kept === null) throw fault('VERSION_NOT_FOUND', `This recipe has no version ${version}.`, ['version']);
    const summary = `Restored version ${version}`;
    return { recipe: await editRecipe(work, recipe, kept.content, summary), userErrors: [] };
  });
};
