import { collection, inline } from '@mealprep360/mongo/collection';
import type { IngredientLine } from '@mealprep360/quantity/ingredient-line';

/** One parsed ingredient line of a recipe. */
export interface RecipeIngredientRecord extends IngredientLine {
  _id: string;
  recipeId: string;
  position: number;
}

const amount = { type: Number, default: null, min: 0 };
const text = { type: String, default: null };
const measure = inline({ quantity: { type: Number, required: true }, quantityMax: amount, unit: { type: String } });

export const recipeIngredientCollection = collection<RecipeIngredientRecord>(
  'recipe_ingredients',
  {
    recipeId: { type: String, required: true },
    position: { type: Number, required: true, min: 0 },
    text: { type: String, required: true },
    quantity: amount,
    quantityMax: amount,
    unit: text,
    // a heading alone ("For the sauce:") names no food
    food: { type: String, default: '' },
    preparation: text,
    packageSize: { type: measure, default: null },
    alternative: { type: measure, default: null },
    optional: { type: Boolean, required: true },
    section: text,
    confidence: { type: Number, required: true, min: 0, max: 1 },
  },
  [[{ recipeId: 1, position: 1 }, { unique: true }]],
);
