import type { RecipeState } from '@mealprep360/contracts/recipes';
import { copyCollection } from '@mealprep360/events/copy';

/** Recipes as the recipes service last said them: what may be planned, and at which version it was seen. */
export const recipeCopyCollection = copyCollection<RecipeState>('recipe_copy', { of: 'Recipe', revision: 1 });
