import { collection } from '@mealprep360/mongo/collection';

/** What a person shows of themselves here; name and picture belong to users. */
export interface UserProfileRecord {
  /** the user's id: each has one profile */
  _id: string;
  /** in lower case, so that two that look alike are the same */
  handle: string;
  bio: string | null;
  followerCount: number;
  followingCount: number;
  createdAt: Date;
}

const count = { type: Number, required: true, min: 0 };

export const userProfileCollection = collection<UserProfileRecord>(
  'user_profiles',
  {
    handle: { type: String, required: true, minlength: 3, maxlength: 30 },
    bio: { type: String, default: null, maxlength: 500 },
    followerCount: count,
    followingCount: count,
    createdAt: { type: Date, required: true },
  },
  [[{ handle: 1 }, { unique: true }]],
);
