import { collection } from '@mealprep360/mongo/collection';

/** How many people one may follow: their ids stand in the query of the feed. */
export const MAX_FOLLOWING = 2000;

/** One user follows another; taken back, it is gone. */
export interface FollowRecord {
  _id: string;
  followerId: string;
  followeeId: string;
  createdAt: Date;
}

export const followCollection = collection<FollowRecord>(
  'follows',
  {
    followerId: { type: String, required: true },
    followeeId: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  [
    [{ followerId: 1, followeeId: 1 }, { unique: true }],
    [{ followerId: 1, createdAt: -1, _id: -1 }],
    [{ followeeId: 1, createdAt: -1, _id: -1 }],
  ],
);
