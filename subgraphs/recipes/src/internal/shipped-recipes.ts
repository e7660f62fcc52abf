import type { InternalRoute } from '@mealprep360/service/subgraph';
import { z } from 'zod';
import { categoriesNamed } from '../recipe-categories.ts';
import type { Context, Work } from '../context.ts';
import { readRecipe } from '../domain/json-ld.ts';
import { createRecipe } from '../recipe-aggregate.ts';

const batch = z.object({ recipes: z.array(z.record(z.string(), z.unknown())).max(100) });

/**
 * Loads recipes that come with the system: nobody's, and PUBLIC. A recipe whose address is there already is left as
 * it is, so that a load which was cut off goes on where it stopped.
 */
export const loadShippedRecipes: InternalRoute<Context> = {
  callers: ['dev-env'],
  answer: async (body, { commit }) => {
    const nodes = batch.parse(body).recipes;
    return commit(work => load(work, nodes));
  },
};

async function load(work: Work, nodes: readonly Record<string, unknown>[]) {
  let created = 0;
  for (const node of nodes) {
    const { recipe: draft } = readRecipe(node);
    const present = await work.recipes.exists({ ownerId: null, sourceUrl: draft.sourceUrl }).session(work.session);
    if (present !== null) continue;
    const categoryIds = await categoriesNamed(work, draft.recipeCategory);
    const datePublished = draft.datePublished === null ? null : new Date(draft.datePublished);
    await createRecipe(work, { ...draft, categoryIds, visibility: 'PUBLIC' }, { ownerId: null, datePublished });
    created += 1;
  }
  return { created, present: nodes.length - created };
}
