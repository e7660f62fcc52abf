import type { Visibility } from '@mealprep360/contracts/vocabulary';
import type { RecipeDraft } from './recipe-draft.ts';

/** What an author can edit of a recipe, and so what a version keeps. */
export interface RecipeContent extends Omit<RecipeDraft, 'recipeCategory' | 'datePublished'> {
  categoryIds: string[];
  visibility: Visibility;
}

/** The editable content of whatever holds it, without all else. */
export const contentOf = (recipe: RecipeContent): RecipeContent => ({
  title: recipe.title,
  description: recipe.description,
  image: recipe.image,
  recipeYield: recipe.recipeYield,
  prepTime: recipe.prepTime,
  cookTime: recipe.cookTime,
  totalTime: recipe.totalTime,
  recipeIngredient: recipe.recipeIngredient,
  recipeInstructions: recipe.recipeInstructions,
  categoryIds: recipe.categoryIds,
  recipeCuisine: recipe.recipeCuisine,
  keywords: recipe.keywords,
  nutrition: recipe.nutrition,
  visibility: recipe.visibility,
  sourceUrl: recipe.sourceUrl,
  creditText: recipe.creditText ?? null,
  license: recipe.license,
});
