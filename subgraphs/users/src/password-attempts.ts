import type { Database } from '@mealprep360/mongo/database';
import { fault } from '@mealprep360/service/fault';
import { createHash } from 'node:crypto';
import type { Context } from './context.ts';
import { passwordAttemptCollection } from './models/password-attempt.ts';
import { isPassword } from './passwords.ts';

/** So many wrong passwords may be tried for one subject until it is closed, right ones included. */
export const MAX_TRIES = 10;
const WINDOW_MINUTES = 15;

/** What is guessed at: the password of an address, or that of somebody who is signed in. */
export const subjects = {
  signIn: (emailKey: string) => `sign-in ${emailKey}`,
  signedIn: (userId: string) => `change ${userId}`,
};

const idOf = (subject: string): string => createHash('sha256').update(subject).digest('base64url');

/** Under what a user's wrong passwords are counted. */
export const attemptsOf = (userId: string, emailKey: string): string[] => [
  idOf(subjects.signIn(emailKey)),
  idOf(subjects.signedIn(userId)),
];

/**
 * Whether this is the password, counted against guessing: after 10 wrong ones within 15 minutes a Fault
 * TOO_MANY_ATTEMPTS, whatever is tried. `subject` is what is guessed at, known or not; `passwordHash` is null when
 * it is not known.
 */
export async function tryPassword(
  db: Database,
  { subject, passwordHash, password }: { subject: string; passwordHash: string | null; password: string },
): Promise<boolean> {
  const _id = idOf(subject);
  await refuseClosed(db, _id);
  if (!(await isPassword(passwordHash, password))) {
    await countWrong(db, _id);
    return false;
  }
  // A thousand guesses at once all pass the first look: the right one among them still meets the others' failures.
  await refuseClosed(db, _id);
  await db.raw(passwordAttemptCollection).deleteOne({ _id });
  return true;
}

export const wrongPassword = (path: string[]) => fault('INVALID_CREDENTIALS', 'The current password is wrong.', path);

/** The hash of the password that somebody signed in gave, once it has proved right; else a Fault INVALID_CREDENTIALS. */
export async function provenPassword(
  { db, models }: Pick<Context, 'db' | 'models'>,
  userId: string,
  password: string,
  path: string[],
): Promise<string> {
  const known = await models.credentials.findOne({ _id: userId }).lean();
  const passwordHash = known?.passwordHash ?? null;
  const right = await tryPassword(db, { subject: subjects.signedIn(userId), passwordHash, password });
  if (!right || passwordHash === null) throw wrongPassword(path);
  return passwordHash;
}

async function refuseClosed(db: Database, _id: string): Promise<void> {
  const full = { _id, tries: { $gte: MAX_TRIES }, $expr: { $gt: ['$until', '$$NOW'] } };
  if (await db.raw(passwordAttemptCollection).findOne(full, { projection: { _id: 1 } })) {
    const message = `Too many wrong passwords were tried. Wait ${WINDOW_MINUTES} minutes, then try again.`;
    throw fault('TOO_MANY_ATTEMPTS', message);
  }
}

async function countWrong(db: Database, _id: string): Promise<void> {
  const counting = { $gt: ['$until', '$$NOW'] };
  const anew = { $add: ['$$NOW', WINDOW_MINUTES * 60_000] };
  const count = {
    tries: { $cond: [counting, { $add: ['$tries', 1] }, 1] },
    until: { $cond: [counting, '$until', anew] },
  };
  await db.raw(passwordAttemptCollection).updateOne({ _id }, [{ $set: count }], { upsert: true });
}
