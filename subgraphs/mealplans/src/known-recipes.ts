import { versionedRecipe, type RecipeState } from '@mealprep360/contracts/recipes';
import { Unanswered } from '@mealprep360/service/ask';
import { fault } from '@mealprep360/service/fault';
import { z } from 'zod';
import type { Context } from './context.ts';

const answer = z.object({ recipes: z.array(versionedRecipe) });

/**
 * The version at which each recipe was seen, of those that this user may see: from the copies, and once from their
 * owner where a copy has not arrived or said no. One that is missing does not exist for this user. Throws a Fault
 * NOT_READY when the owner is needed and does not answer.
 */
export async function knownRecipes(
  { recipeCopies, ask, commit }: Pick<Context, 'recipeCopies' | 'ask' | 'commit'>,
  userId: string,
  wanted: readonly (string | null)[],
): Promise<Map<string, number>> {
  const ids = [...new Set(wanted)].filter(id => id !== null);
  const seen = new Map<string, number>();
  if (ids.length === 0) return seen;
  for (const [id, { version, state }] of await recipeCopies.getMany(ids)) {
    if (state && isVisible(state, userId)) seen.set(id, version);
  }
  const unknown = ids.filter(id => !seen.has(id));
  if (unknown.length === 0) return seen;
  const { recipes } = answer.parse(await askRecipes(ask, unknown, userId));
  await commit(async work => {
    for (const { version, state } of recipes) await work.recipeCopies.keep(state.id, version, state);
  });
  for (const { version, state } of recipes) seen.set(state.id, version);
  return seen;
}

const isVisible = (recipe: RecipeState, userId: string): boolean =>
  recipe.visibility !== 'PRIVATE' || recipe.ownerId === userId;

async function askRecipes(ask: Context['ask'], ids: readonly string[], viewerId: string): Promise<unknown> {
  try {
    return await ask('recipes', '/internal/recipes/by-ids', { ids, viewerId });
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    throw fault('NOT_READY', 'Some of these recipes have not arrived yet. Try again in a moment.');
  }
}

export const recipeNotFound = (path: readonly string[]) =>
  fault('RECIPE_NOT_FOUND', 'There is no such recipe that you may see.', path);
