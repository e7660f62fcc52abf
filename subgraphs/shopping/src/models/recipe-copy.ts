import { copyCollection } from '@mealprep360/events/copy';
import type { RecipeLines } from '../domain/needs.ts';

/** Recipes as the recipes service last said them: what they yield, and their lines. */
export const recipeCopyCollection = copyCollection<RecipeLines>('recipe_copy', { of: 'Recipe', revision: 1 });
