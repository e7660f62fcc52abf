import type { Subgraph } from '@mealprep360/service/subgraph';
import { eraseUserData } from './commands/erase-user-data.ts';
import { context, work, type Context, type Work } from './context.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { loadShippedRecipes } from './internal/shipped-recipes.ts';
import { recipesById } from './internal/recipes-by-id.ts';
import { outbox } from './models/outbox.ts';
import { recipeCategoryCollection } from './models/recipe-category.ts';
import { recipeIngredientCollection } from './models/recipe-ingredient.ts';
import { recipeRatingCollection } from './models/recipe-rating.ts';
import { recipeVersionCollection } from './models/recipe-version.ts';
import { recipeCollection } from './models/recipe.ts';
import { savedRecipeCollection } from './models/saved-recipe.ts';
import { userCopyCollection } from './models/user-copy.ts';
import { user } from './reactions/user.ts';

export const recipes: Subgraph<Work, Context> = {
  name: 'recipes',
  envPrefix: 'RECIPE_DB_',
  typeDefs,
  resolvers,
  collections: [
    recipeCollection,
    recipeCategoryCollection,
    recipeRatingCollection,
    recipeIngredientCollection,
    recipeVersionCollection,
    savedRecipeCollection,
    userCopyCollection,
  ],
  outbox,
  context,
  work,
  heardBy: ['mealplans', 'shopping', 'users'],
  reactions: [user],
  commands: [eraseUserData],
  internal: {
    '/internal/recipes/by-ids': recipesById,
    '/internal/shipped-recipes': loadShippedRecipes,
  },
};
