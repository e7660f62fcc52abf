import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { deleteRecipe as remove, ownRecipe } from '../../recipe-aggregate.ts';

export const deleteRecipe: NonNullable<MutationResolvers['deleteRecipe']> = (_, { id }, { viewer, commit }) => {
  const author = signedIn(viewer);
  return commit(async work => {
    await remove(work, await ownRecipe(work, author, id));
    return { deletedId: id, userErrors: [] };
  });
};
