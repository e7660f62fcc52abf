import { fault } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { readRecipe, recipesFromJsonLd } from '../../domain/json-ld.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { createRecipe } from '../../recipe-aggregate.ts';
import { knownCategories } from '../../recipe-categories.ts';

export const importRecipe: NonNullable<MutationResolvers['importRecipe']> = (_, { input }, { viewer, commit }) => {
  const ownerId = signedIn(viewer);
  if (input.jsonLd == null) throw fault('INVALID_INPUT', 'Give the recipe as jsonLd.', ['input', 'jsonLd']);
  const [first] = recipesFromJsonLd(input.jsonLd);
  if (first === undefined) throw fault('NO_RECIPE', 'There is no recipe in this JSON-LD.', ['input', 'jsonLd']);
  const { recipe: draft, warnings } = readRecipe(first);
  return commit(async work => {
    const categoryIds = await knownCategories(work, draft.recipeCategory);
    const content = { ...draft, categoryIds, visibility: input.visibility ?? ('PRIVATE' as const) };
    return { recipe: await createRecipe(work, content, { ownerId }), warnings, userErrors: [] };
  });
};
