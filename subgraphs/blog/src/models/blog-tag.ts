import { collection } from '@mealprep360/mongo/collection';

export interface BlogTagRecord {
  _id: string;
  slug: string;
  /** as it was spelled first */
  name: string;
  /** two tags of one key are the same */
  key: string;
}

export const blogTagCollection = collection<BlogTagRecord>(
  'blog_tags',
  {
    slug: { type: String, required: true },
    name: { type: String, required: true, maxlength: 50 },
    key: { type: String, required: true },
  },
  [
    [{ slug: 1 }, { unique: true }],
    [{ key: 1 }, { unique: true }],
  ],
);
