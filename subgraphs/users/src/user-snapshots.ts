import { z } from 'zod';
import type { Work } from './context.ts';
import { personal, shared, type User } from './domain/user.ts';
import { userSnapshotCollection } from './models/user-snapshot.ts';
import { seal, unseal } from './sealing.ts';

/** A user is read from the newest snapshot and the events after it, of which there are fewer than so many. */
const EACH = 100;

/** Raised when a user becomes something else: snapshots of before are then left unread, and made anew in time. */
const REVISION = 1;

const user = z.object({
  ...shared.shape,
  ...personal.shape,
  version: z.int().positive(),
  createdAt: z.coerce.date(),
  updatedAt: z.coerce.date(),
});

// a snapshot is of its own version of its own user, as an event is
const purpose = (userId: string, version: number) => `snapshot ${version} of user ${userId}`;

/** Keeps what the user is now in place of the last snapshot, when it is time. */
export async function snapshot(work: Work, key: Buffer, userId: string, now: User): Promise<void> {
  if (now.version % EACH !== 0) return;
  const { version } = now;
  const sealed = seal(key, Buffer.from(JSON.stringify(now)), purpose(userId, version));
  const kept = { version, revision: REVISION, sealed, createdAt: work.now };
  await work.db.raw(userSnapshotCollection).replaceOne({ _id: userId }, kept, { upsert: true, session: work.session });
}

/** The user at the last snapshot; null when there is none. */
export async function lastSnapshot(work: Work, key: Buffer, userId: string): Promise<User | null> {
  const kept = { _id: userId, revision: REVISION };
  const found = await work.db.raw(userSnapshotCollection).findOne(kept, { session: work.session });
  return found && user.parse(JSON.parse(unseal(key, found.sealed, purpose(userId, found.version)).toString()));
}
