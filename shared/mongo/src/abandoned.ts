import type { mongo } from 'mongoose';

/** A process that works lets no transaction lie for so long; one that was killed cannot be back any sooner. */
const MICROSECONDS = 500_000;

/**
 * Ends the transactions in which processes of this database user and `appName` died or stand still: until the server
 * ends them, they keep all others from what they had begun to write. Whoever lives on has to try again. Answers how
 * many there were.
 */
export async function endAbandoned(client: mongo.MongoClient, appName: string): Promise<number> {
  const admin = client.db('admin');
  const idle = { appName, 'transaction.timeInactiveMicros': { $gte: MICROSECONDS } };
  const found = await admin
    .aggregate<{ lsid: { id: mongo.Binary } }>(
      [{ $currentOp: { allUsers: false, idleSessions: true } }, { $match: idle }, { $project: { 'lsid.id': 1 } }],
      { readConcern: { level: 'local' }, readPreference: 'primary' },
    )
    .toArray();
  if (found.length > 0) await admin.command({ killSessions: found.map(({ lsid: { id } }) => ({ id })) });
  return found.length;
}
