import { collection } from '@mealprep360/mongo/collection';

/** What a user was after so many events, so that the ones before need not be read again; `_id` is the user's. */
export interface UserSnapshotRecord {
  _id: string;
  version: number;
  /** of what is sealed: another one is not read */
  revision: number;
  /** the whole user, under the user's own key */
  sealed: Buffer;
  createdAt: Date;
}

export const userSnapshotCollection = collection<UserSnapshotRecord>('user_snapshots', {
  version: { type: Number, required: true },
  revision: { type: Number, required: true },
  sealed: { type: Buffer, required: true },
  createdAt: { type: Date, required: true },
});
