import { RecipeCreated, RecipeUpdated } from '@mealprep360/contracts/recipes';
import { copyCollection } from '@mealprep360/events/copy';
import type { RecipeLines } from '../domain/needs.ts';

/** Recipes as the recipes service last said them: what they yield, and their lines. */
export const recipeCopyCollection = copyCollection('recipe_copy', {
  speaker: 'recipes',
  revision: 1,
  from: [RecipeCreated, RecipeUpdated],
  state: ({ ownerId, visibility, recipeYield, recipeIngredient }: RecipeLines): RecipeLines => ({
    ...{ ownerId, visibility, recipeYield, recipeIngredient },
  }),
});
