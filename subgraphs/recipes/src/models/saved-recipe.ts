import { collection } from '@mealprep360/mongo/collection';

/** That one user keeps one recipe for later; an aggregate of its own, so that a save is no edit of the recipe. */
export interface SavedRecipeRecord {
  _id: string;
  userId: string;
  recipeId: string;
  dateSaved: Date;
}

export const savedRecipeCollection = collection<SavedRecipeRecord>(
  'saved_recipes',
  {
    userId: { type: String, required: true },
    recipeId: { type: String, required: true },
    dateSaved: { type: Date, required: true },
  },
  [[{ userId: 1, recipeId: 1 }, { unique: true }], [{ userId: 1, dateSaved: -1, _id: -1 }], [{ recipeId: 1 }]],
);
