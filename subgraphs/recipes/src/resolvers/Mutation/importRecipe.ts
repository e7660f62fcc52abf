import { signedIn } from '@mealprep360/service/viewer';
import { readRecipe } from '../../domain/json-ld.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { recipeSource } from '../../recipe-source.ts';
import { createRecipe } from '../../recipe-aggregate.ts';
import { knownCategories } from '../../recipe-categories.ts';

export const importRecipe: NonNullable<MutationResolvers['importRecipe']> = async (
  _,
  { input },
  { viewer, commit },
) => {
  const ownerId = signedIn(viewer);
  const source = await recipeSource(input);
  const { recipe: draft, warnings } = readRecipe(source.node);
  return commit(async work => {
    const categoryIds = await knownCategories(work, draft.recipeCategory);
    const content = { ...draft, categoryIds, visibility: input.visibility ?? ('PRIVATE' as const) };
    const recipe = await createRecipe(work, content, { ownerId });
    return { recipe, warnings: [...source.warnings, ...warnings], userErrors: [] };
  });
};
