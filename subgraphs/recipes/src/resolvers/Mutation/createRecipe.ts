import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { recipeInput } from '../../domain/recipe-input.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { createRecipe as create, contentFrom } from '../../recipe-aggregate.ts';

export const createRecipe: NonNullable<MutationResolvers['createRecipe']> = (_, { input }, { viewer, commit }) => {
  const ownerId = signedIn(viewer);
  const draft = valid(recipeInput, input, ['input']);
  return commit(async work => {
    const content = await contentFrom(work, draft, null);
    return { recipe: await create(work, content, { ownerId }), userErrors: [] };
  });
};
