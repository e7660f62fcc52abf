import { z } from 'zod';
import { defineEvent } from './define.ts';
import { allergen, certainty, id, restrictedDiet, visibility } from './vocabulary.ts';

/** What the other rooms need of a recipe; they parse the lines themselves, by the shared quantity package. */
export const recipeState = z.object({
  id,
  slug: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  /** null for recipes that came with the system */
  ownerId: id.nullable(),
  visibility,
  recipeYield: z.string().nullable(),
  recipeIngredient: z.array(z.string()),
  suitableForDiet: z.array(restrictedDiet),
  allergens: z.array(z.object({ allergen, certainty })),
  recipeCategory: z.array(id),
  recipeCuisine: z.array(z.string()),
  keywords: z.array(z.string()),
  totalMinutes: z.number().nullable(),
  lastUpdated: z.coerce.date(),
});
export type RecipeState = z.infer<typeof recipeState>;

/** A recipe's state with the version it stands for: what an owner answers when it is asked for recipes by id. */
export const versionedRecipe = z.object({ version: z.int().positive(), state: recipeState });
export type VersionedRecipe = z.infer<typeof versionedRecipe>;

export const RecipeCreated = defineEvent('RecipeCreated', 'Recipe', recipeState);
export const RecipeUpdated = defineEvent('RecipeUpdated', 'Recipe', recipeState);
export const RecipeDeleted = defineEvent('RecipeDeleted', 'Recipe', z.object({ id }));
export const RecipeRated = defineEvent(
  'RecipeRated',
  'RecipeRating',
  z.object({ id, recipeId: id, userId: id, ratingValue: z.int().min(1).max(5) }),
);
