import type { House } from '@mealprep360/dev-env/house';
import { createConnection, type Collection, type Connection } from 'mongoose';
import { expect } from 'vitest';

interface Lease {
  _id: string;
  holder: string;
  until: Date;
}

/**
 * Stops the relay of a service: what the service says from now on stays with it for five seconds, or as long as is
 * said here, or until the function is called that comes back. A relay works while it holds its lease, and looks again
 * after five seconds. So the lease is taken for five more, and when the relay must have looked, it stands still.
 */
export async function stopRelay(house: House, service: string, standsStill = 5000): Promise<() => Promise<void>> {
  const lasts = standsStill + 5000;
  await inLeases(house, service, async leases => {
    const heldSince = async () => {
      const [lease] = await leases
        .aggregate<{ left: number }>([
          { $match: { _id: 'relay' } },
          { $project: { left: { $subtract: ['$until', '$$NOW'] } } },
        ])
        .toArray();
      return lasts - (lease?.left ?? 0);
    };
    const taken = [{ $set: { holder: 'the test', until: { $add: ['$$NOW', lasts] } } }];
    await leases.updateOne({ _id: 'relay' }, taken, { upsert: true });
    await expect.poll(heldSince, { timeout: 8000 }).toBeGreaterThan(5000);
  });
  return () =>
    inLeases(house, service, async leases => {
      await leases.deleteOne({ _id: 'relay', holder: 'the test' });
    });
}

const inLeases = (house: House, service: string, work: (leases: Collection<Lease>) => Promise<void>): Promise<void> =>
  inDatabase(house, service, connection => work(connection.collection<Lease>('leases')));

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
