import { collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';

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

/**
 * Takes or renews a lease for `milliseconds` by the database's clock; false when another one holds it. `atOnce` takes
 * it also from whom holds it, who learns so when it next renews it.
 */
export async function hold(
  db: Database,
  work: string,
  holder: string,
  milliseconds: number,
  { atOnce = false } = {},
): Promise<boolean> {
  const mine = { $or: [atOnce, { $eq: ['$holder', holder] }, { $lte: ['$until', '$$NOW'] }] };
  const lease = await db.raw(leases).findOneAndUpdate(
    { _id: work },
    [
      {
        $set: {
          holder: { $cond: [mine, holder, '$holder'] },
          until: { $cond: [mine, { $add: ['$$NOW', milliseconds] }, '$until'] },
        },
      },
    ],
    { upsert: true, returnDocument: 'after' },
  );
  return lease?.holder === holder;
}

/** Gives a lease back, so that the next one need not wait until it ends. */
export async function release(db: Database, work: string, holder: string): Promise<void> {
  await db.raw(leases).deleteOne({ _id: work, holder });
}
