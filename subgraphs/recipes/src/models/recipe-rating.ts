import { collection } from '@mealprep360/mongo/collection';

/** What one user says of one recipe; an aggregate of its own, so that a rating is no edit of the recipe. */
export interface RecipeRatingRecord {
  _id: string;
  recipeId: string;
  userId: string;
  ratingValue: number;
  reviewBody: string | null;
  version: number;
  dateCreated: Date;
}

export const recipeRatingCollection = collection<RecipeRatingRecord>(
  'recipe_ratings',
  {
    recipeId: { type: String, required: true },
    userId: { type: String, required: true },
    ratingValue: { type: Number, required: true, min: 1, max: 5 },
    reviewBody: { type: String, default: null, maxlength: 5000 },
    version: { type: Number, required: true, min: 1 },
    dateCreated: { type: Date, required: true },
  },
  [[{ recipeId: 1, userId: 1 }, { unique: true }], [{ userId: 1 }], [{ recipeId: 1, dateCreated: -1, _id: -1 }]],
);
