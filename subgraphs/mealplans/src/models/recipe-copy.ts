import { RecipeCreated, RecipeUpdated } from '@mealprep360/contracts/recipes';
import { copyCollection } from '@mealprep360/events/copy';

/** Recipes as the recipes service last said them: what may be planned, and at which version it was seen. */
export const recipeCopyCollection = copyCollection('recipe_copy', {
  speaker: 'recipes',
  revision: 1,
  from: [RecipeCreated, RecipeUpdated],
  state: recipe => recipe,
});
