import { collection } from '@mealprep360/mongo/collection';

export interface RecipeCategoryRecord {
  _id: string;
  slug: string;
  name: string;
  parentId: string | null;
}

/** A list without pages has a cap: so many categories there may be. */
export const MAX_CATEGORIES = 500;

export const recipeCategoryCollection = collection<RecipeCategoryRecord>(
  'recipe_categories',
  {
    slug: { type: String, required: true },
    name: { type: String, required: true, maxlength: 100 },
    parentId: { type: String, default: null },
  },
  [[{ slug: 1 }, { unique: true }]],
);
