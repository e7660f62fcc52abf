import { collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { isDuplicateKey } from '@mealprep360/mongo/transaction';

interface Lease {
  /** the work that one process at a time does */
  _id: string;
  holder: string;
  until: Date;
}

/** Who does what; a lease only saves work, nothing breaks when two hold it. */
export const leases = collection<Lease>('leases', {
  holder: { type: String, required: true },
  until: { type: Date, required: true },
});

/** Takes or renews a lease for `milliseconds` by the database's clock; false when another one holds it. */
export async function hold(db: Database, work: string, holder: string, milliseconds: number): Promise<boolean> {
  const free = { $or: [{ $eq: ['$holder', holder] }, { $lte: ['$until', '$$NOW'] }] };
  const mine = [{ $set: { holder, until: { $add: ['$$NOW', milliseconds] } } }];
  try {
    const { matchedCount, upsertedCount } = await db
      .raw(leases)
      .updateOne({ _id: work, $expr: free }, mine, { upsert: true });
    return matchedCount + upsertedCount > 0;
  } catch (error) {
    // the upsert met the row that another one holds
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Gives a lease back, so that the next one need not wait until it ends. */
export async function release(db: Database, work: string, holder: string): Promise<void> {
  await db.raw(leases).deleteOne({ _id: work, holder });
}
