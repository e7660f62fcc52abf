import { collection } from '@mealprep360/mongo/collection';

/** One user likes one post; taken back, it is gone. */
export interface LikeRecord {
  _id: string;
  postId: string;
  userId: string;
  createdAt: Date;
}

export const likeCollection = collection<LikeRecord>(
  'likes',
  {
    postId: { type: String, required: true },
    userId: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  [[{ postId: 1, userId: 1 }, { unique: true }], [{ userId: 1 }]],
);
