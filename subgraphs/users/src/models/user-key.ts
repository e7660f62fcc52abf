import { collection } from '@mealprep360/mongo/collection';

/** The key of one user's personal data, itself encrypted; `_id` is the user's. Without it the data is lost for good. */
export interface UserKeyRecord {
  _id: string;
  wrapped: Buffer;
  createdAt: Date;
}

export const userKeyCollection = collection<UserKeyRecord>('user_keys', {
  wrapped: { type: Buffer, required: true },
  createdAt: { type: Date, required: true },
});
