import { collection } from '@mealprep360/mongo/collection';
import { Schema } from 'mongoose';
import type { RecipeContent } from '../domain/recipe-content.ts';

/** A recipe's content as it stood after one edit; kept for as long as the recipe is. */
export interface RecipeVersionRecord {
  _id: string;
  recipeId: string;
  version: number;
  authorId: string | null;
  dateCreated: Date;
  summary: string;
  content: RecipeContent;
}

export const recipeVersionCollection = collection<RecipeVersionRecord>(
  'recipe_versions',
  {
    recipeId: { type: String, required: true },
    version: { type: Number, required: true, min: 1 },
    authorId: { type: String, default: null },
    dateCreated: { type: Date, required: true },
    summary: { type: String, required: true },
    content: { type: Schema.Types.Mixed, required: true },
  },
  [[{ recipeId: 1, version: -1 }, { unique: true }]],
);
