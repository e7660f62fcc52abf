import type { ReadPreference, Database } from '@mealprep360/mongo/database';
import type { RedisClient } from '@mealprep360/redis/connect';
import { Kind, OperationTypeNode, parse } from 'graphql';
import type { Viewer } from './tokens.ts';

/** A member of a replica set is behind by less than so many milliseconds, or is left out by the driver's own rules. */
const LATELY = 5000;

/** Who wrote something here lately, in whichever process of this service. */
export interface OwnWrites {
  /** Notes that these users wrote, or that they were written of. */
  note: (userIds: Iterable<string>) => Promise<void>;
  /** Whether this user may have written something that not every member of the replica set has. */
  isRecent: (userId: string) => Promise<boolean>;
}

/** Keeps it in Redis for 5 s. While Redis does not answer everybody counts as one who wrote. */
export function ownWrites(redis: RedisClient, service: string): OwnWrites {
  const key = (userId: string) => `{${service}}:wrote:${userId}`;
  let unknownUntil = -Infinity;
  return {
    note: async userIds => {
      const notes = [...userIds].map(userId => redis.set(key(userId), '1', 'PX', LATELY));
      await Promise.all(notes).catch(() => {
        unknownUntil = performance.now() + LATELY;
      });
    },
    isRecent: async userId => {
      if (performance.now() < unknownUntil) return true;
      return redis.exists(key(userId)).then(
        found => found > 0,
        () => true,
      );
    },
  };
}

/** Where a request reads: queries where it is preferred, unless the viewer may miss there what they just wrote. */
export async function databaseFor(
  request: { viewer: Viewer; body: unknown },
  { db, preference, writes }: { db: Database; preference: ReadPreference; writes: OwnWrites },
): Promise<Database> {
  if (preference === 'primary' || !isQuery(request.body)) return db;
  const { userId } = request.viewer;
  return userId !== null && (await writes.isRecent(userId)) ? db : db.reading(preference);
}

function isQuery(body: unknown): boolean {
  const text = typeof body === 'object' && body !== null && 'query' in body ? body.query : null;
  if (typeof text !== 'string') return false;
  try {
    const operations = parse(text, { noLocation: true }).definitions.filter(
      each => each.kind === Kind.OPERATION_DEFINITION,
    );
    return operations.every(({ operation }) => operation === OperationTypeNode.QUERY);
  } catch {
    // whatever it is, it is answered with what is wrong with it
    return false;
  }
}
