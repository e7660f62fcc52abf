import type { House } from '@mealprep360/dev-env/house';
import { createConnection, type Connection } from 'mongoose';
import { expect } from 'vitest';

/** How long a relay works on the lease that it has before it renews it, and how long a lease lasts. */
const LEASE = { renewedAfter: 4000, lasts: 10_000 };
/** A relay counts from when it heard that it has the lease, the lease from when it was written. */
const HEARD_WITHIN = 1000;

/**
 * Stops the relay of a service: what the service says from now on stays with it, until the function is called that
 * comes back. A relay works while it can renew its lease. So the database refuses that, and when the relay must have
 * tried, it stands still.
 */
export async function stopRelay(house: House, service: string): Promise<() => Promise<void>> {
  const refuse = (validator: object) =>
    inDatabase(house, service, async connection => {
      await connection.db?.command({ collMod: 'leases', validator });
    });
  await refuse({ _id: { $ne: 'relay' } });
  await inDatabase(house, service, async connection => {
    const left = async () => {
      const pipeline = [{ $match: { _id: 'relay' } }, { $project: { left: { $subtract: ['$until', '$$NOW'] } } }];
      const [lease] = await connection.collection('leases').aggregate<{ left: number }>(pipeline).toArray();
      return lease?.left ?? 0;
    };
    await expect.poll(left, { timeout: 8000 }).toBeLessThan(LEASE.lasts - LEASE.renewedAfter - HEARD_WITHIN);
  });
  return () => refuse({});
}

/** How many events of a service its relay has not numbered yet. */
export const unnumbered = (house: House, service: string): Promise<number> =>
  inDatabase(house, service, connection =>
    connection.collection(service === 'users' ? 'user_events' : 'outbox').countDocuments({ seq: null }),
  );

async function inDatabase<Result>(
  house: House,
  service: string,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const uri = house.run()?.mongodb;
  if (typeof uri !== 'string') throw new Error('the house has no MongoDB that all services share');
  const connection = await createConnection(uri, { dbName: `mealprep360_${service}` }).asPromise();
  return work(connection).finally(() => connection.close());
}
