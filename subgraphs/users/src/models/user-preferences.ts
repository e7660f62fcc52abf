import type { Preferences } from '@mealprep360/contracts/users';
import { allergen, measurementSystem, restrictedDiet } from '@mealprep360/contracts/vocabulary';
import { collection } from '@mealprep360/mongo/collection';

/** Projection: what a person eats; `_id` is the user's. */
export interface UserPreferencesRecord extends Preferences {
  _id: string;
}

export const userPreferencesCollection = collection<UserPreferencesRecord>('user_preferences', {
  diets: [{ type: String, enum: restrictedDiet.options }],
  allergens: [{ type: String, enum: allergen.options }],
  dislikedIngredients: [String],
  favoriteCuisines: [String],
  defaultServings: { type: Number, required: true, min: 1, max: 100 },
  measurementSystem: { type: String, enum: measurementSystem.options, required: true },
});
