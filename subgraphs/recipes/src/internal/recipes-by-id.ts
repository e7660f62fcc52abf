import { id } from '@mealprep360/contracts/vocabulary';
import { versionedRecipe } from '@mealprep360/contracts/recipes';
import type { InternalRoute } from '@mealprep360/service/subgraph';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { recipeStateOf, visibleTo, type RecipeRecord } from '../models/recipe.ts';

const question = z.object({ ids: z.array(id).max(500), viewerId: id.nullable() });

/** Recipes as their owner has them now, for a room whose copies have not arrived: those that this viewer may see. */
export const recipesById: InternalRoute<Context> = {
  callers: ['mealplans', 'shopping'],
  answer: async (body, { models }) => {
    const { ids, viewerId } = question.parse(body);
    const viewer = { userId: viewerId, sessionId: null, roles: [] };
    const found = await models.recipes.find({ _id: { $in: ids }, ...visibleTo(viewer) }).lean<RecipeRecord[]>();
    return {
      recipes: found.map(recipe => versionedRecipe.parse({ version: recipe.version, state: recipeStateOf(recipe) })),
    };
  },
};
