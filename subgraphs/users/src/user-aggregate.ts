import { fault } from '@mealprep360/service/fault';
import type { OwnWork } from './context.ts';
import { decide, evolve, type User, type UserCommand } from './domain/user.ts';
import { project } from './projections.ts';
import { lastSnapshot, snapshot } from './user-snapshots.ts';
import { append, load } from './user-store.ts';

// A user is its events. Each command loads them, decides, says what happened, and brings the projections up to it,
// all in one transaction.

type Create = Extract<UserCommand, { type: 'Create' }>;
type Change = Exclude<UserCommand, Create>;

/** A user begins, with a key of their own. A taken address surfaces as a duplicate key. */
export async function createUser(work: OwnWork, userId: string, command: Create): Promise<User> {
  const key = await work.userKeys.create(work, userId);
  return record(work, key, userId, null, command);
}

/** Does to a user what is wanted. Throws a Fault USER_NOT_FOUND when there is none. */
export async function changeUser(work: OwnWork, userId: string, command: Change): Promise<User> {
  const key = await work.userKeys.find(work, userId);
  const user = key && (await load(work, key, userId, await lastSnapshot(work, key, userId)));
  if (key === null || user === null) throw fault('USER_NOT_FOUND', 'There is no such user.');
  return record(work, key, userId, user, command);
}

async function record(
  work: OwnWork,
  key: Buffer,
  userId: string,
  before: User | null,
  command: UserCommand,
): Promise<User> {
  const events = decide(command, before, work.now);
  let user = before;
  for (const event of events) {
    user = evolve(user, event);
    append(work, key, userId, user.version, event);
    await snapshot(work, key, userId, user);
  }
  if (user === null) throw new Error(`${command.type} left no user`);
  if (events.length > 0) await project(work, userId, user);
  return user;
}
