import { collection } from '@mealprep360/mongo/collection';

export interface SocialPostRecord {
  _id: string;
  authorId: string;
  body: string;
  images: string[];
  /** what it is about, by id only: its owner decides who sees it */
  recipeId: string | null;
  mealPlanId: string | null;
  likeCount: number;
  commentCount: number;
  createdAt: Date;
}

const count = { type: Number, required: true, min: 0 };

export const socialPostCollection = collection<SocialPostRecord>(
  'social_posts',
  {
    authorId: { type: String, required: true },
    body: { type: String, required: true, maxlength: 5000 },
    images: [String],
    recipeId: { type: String, default: null },
    mealPlanId: { type: String, default: null },
    likeCount: count,
    commentCount: count,
    createdAt: { type: Date, required: true },
  },
  [
    [{ authorId: 1, createdAt: -1, _id: -1 }],
    [{ recipeId: 1, createdAt: -1, _id: -1 }],
    // For the feed of who follows many: posts in order, until a page of theirs is found.
    [{ createdAt: -1, _id: -1, authorId: 1 }],
  ],
);
