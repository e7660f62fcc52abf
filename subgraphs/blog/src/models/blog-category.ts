import { collection } from '@mealprep360/mongo/collection';

export interface BlogCategoryRecord {
  _id: string;
  slug: string;
  name: string;
  /** two categories of one key are the same */
  key: string;
}

/** A list without pages has a cap: so many categories there may be. */
export const MAX_CATEGORIES = 200;

export const blogCategoryCollection = collection<BlogCategoryRecord>(
  'blog_categories',
  {
    slug: { type: String, required: true },
    name: { type: String, required: true, maxlength: 100 },
    key: { type: String, required: true },
  },
  [
    [{ slug: 1 }, { unique: true }],
    [{ key: 1 }, { unique: true }],
  ],
);
