import { collection } from '@mealprep360/mongo/collection';

/** Where one user finds a food, and in which unit they buy it. */
export interface IngredientMappingRecord {
  _id: string;
  userId: string;
  /** the food's key: all spellings of a food share a mapping */
  key: string;
  aisle: string;
  /** canonical name of a unit */
  purchaseUnit: string | null;
}

const required = { type: String, required: true };

export const ingredientMappingCollection = collection<IngredientMappingRecord>(
  'ingredient_mappings',
  { userId: required, key: required, aisle: required, purchaseUnit: { type: String, default: null } },
  [[{ userId: 1, key: 1 }, { unique: true }]],
);
