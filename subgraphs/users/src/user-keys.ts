import { at } from '@mealprep360/events/read-model';
import type { Database } from '@mealprep360/mongo/database';
import type { ClientSession } from 'mongoose';
import { randomBytes } from 'node:crypto';
import type { Work } from './context.ts';
import { userKeyCollection } from './models/user-key.ts';
import { seal, unseal } from './sealing.ts';

/** Makes and finds the key that a user's personal data is encrypted with; the master key wraps each of them. */
export interface UserKeys {
  /** A new key, stored in the same transaction as what it encrypts. */
  create: (work: Work, userId: string) => Promise<Buffer>;
  /** Null when there is none (any more): what it encrypted is lost. */
  find: (work: Work, userId: string) => Promise<Buffer | null>;
  /** Those that there are of these users', now or at a snapshot. */
  findMany: (db: Database, userIds: readonly string[], snapshot?: ClientSession) => Promise<Map<string, Buffer>>;
}

/** `masterKey` is 32 bytes in base64. */
export function userKeys(masterKey: string | null): UserKeys {
  const master = Buffer.from(masterKey ?? '', 'base64');
  if (master.length !== 32) throw new Error('USER_KEYS_MASTER_KEY is needed: 32 bytes in base64');
  const purpose = (userId: string) => `key of user ${userId}`;
  return {
    create: async (work, userId) => {
      const key = randomBytes(32);
      const wrapped = seal(master, key, purpose(userId));
      await work.db
        .raw(userKeyCollection)
        .insertOne({ _id: userId, wrapped, createdAt: work.now }, { session: work.session });
      return key;
    },
    find: async (work, userId) => {
      const found = await work.db.raw(userKeyCollection).findOne({ _id: userId }, { session: work.session });
      return found && unseal(master, found.wrapped, purpose(userId));
    },
    findMany: async (db, userIds, snapshot) => {
      const found = await db
        .raw(userKeyCollection)
        .find({ _id: { $in: [...userIds] } }, at(snapshot))
        .toArray();
      return new Map(found.map(({ _id, wrapped }) => [_id, unseal(master, wrapped, purpose(_id))]));
    },
  };
}
