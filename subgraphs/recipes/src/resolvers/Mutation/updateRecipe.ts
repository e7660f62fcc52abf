import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { recipeInput } from '../../domain/recipe-input.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { conflict, contentFrom, editRecipe, ownRecipe } from '../../recipe-aggregate.ts';

export const updateRecipe: NonNullable<MutationResolvers['updateRecipe']> = (
  _,
  { id, expectedVersion, input },
  { viewer, commit },
) => {
  const author = signedIn(viewer);
  const draft = valid(recipeInput, input, ['input']);
  return commit(async work => {
    const before = await ownRecipe(work, author, id);
    if (before.version !== expectedVersion) throw conflict(expectedVersion);
    return { recipe: await editRecipe(work, before, await contentFrom(work, draft, before)), userErrors: [] };
  });
};
