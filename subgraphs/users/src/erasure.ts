import { UserDeleted, UserSynced } from '@mealprep360/contracts/users';
import { commandRows } from '@mealprep360/events/commands';
import { eraseLetters } from '@mealprep360/events/dead-letters';
import { AT_ONCE, eraseEvents } from '@mealprep360/events/erase-user-data';
import { unfinished } from '@mealprep360/events/saga';
import type { Work } from './context.ts';
import { passwordAttemptCollection } from './models/password-attempt.ts';
import { userKeyCollection } from './models/user-key.ts';
import { userSnapshotCollection } from './models/user-snapshot.ts';
import { attemptsOf } from './password-attempts.ts';
import { userProjections } from './projections.ts';
import { forgetSessions } from './sessions.ts';
import { userEvents } from './user-store.ts';

/** Whom an erasure is for, and how many records of theirs there were in this room. */
export interface Erasure {
  userId: string;
  records: number;
}

/** The aggregates whose events tell of a user. */
const told = [UserDeleted.aggregateType, UserSynced.aggregateType] as const;

/** The records of a user in this room that go with the account. */
export async function countRecords(work: Work, userId: string): Promise<number> {
  const { session } = work;
  const events = { aggregateType: { $in: [...told] }, aggregateId: userId };
  const said = await work.db.raw(userEvents).countDocuments(events, { session });
  const sessions = await work.sessions.countDocuments({ userId }, { session });
  const projections = await work.users.countDocuments({ _id: userId }, { session });
  const snapshots = await work.db.raw(userSnapshotCollection).countDocuments({ _id: userId }, { session });
  // its preferences, settings, subscription, credentials and key have one record each
  return said + sessions + snapshots + projections * 6;
}

/** Nobody signs in any more, nothing can be read of the person, and the others hear that they are gone. */
export async function closeAccount(work: Work, { userId }: Erasure): Promise<void> {
  const { db, session } = work;
  const user = await work.users.findOne({ _id: userId }).session(session).lean();
  if (user === null) throw new Error(`there is no user ${userId} to erase`);
  const own = { _id: userId };
  await work.writing(userProjections);
  await work.users.deleteOne(own, { session });
  await work.preferences.deleteOne(own, { session });
  await work.settings.deleteOne(own, { session });
  await work.subscriptions.deleteOne(own, { session });
  await work.credentials.deleteOne(own, { session });
  // without their key no one can read what is sealed in events, in this database or in any dump of it
  await db.raw(userKeyCollection).deleteOne(own, { session });
  await db.raw(userSnapshotCollection).deleteOne(own, { session });
  const tried = { _id: { $in: attemptsOf(userId, user.emailKey) } };
  await db.raw(passwordAttemptCollection).deleteMany(tried, { session });
  await forgetSessions(work, userId);
  work.entomb('User', userId);
  work.emit(UserDeleted.of(userId, user.version + 1, { id: userId }));
}

/** Takes the data out of the user's events, some at a time. */
export async function eraseOwn(work: Work, { userId }: Erasure): Promise<typeof unfinished | undefined> {
  const own = { aggregateType: { $in: [...told] }, aggregateId: userId, eventType: { $ne: UserDeleted.type } };
  return (await eraseEvents(work, userEvents, own)) > 0 ? unfinished : undefined;
}

/** At the end, when nothing of before can still be under way: what was asked for the user, and their sessions. */
export async function sweep(work: Work, { userId }: Erasure): Promise<typeof unfinished | undefined> {
  const { db, session } = work;
  const asked = { 'actor.userId': userId, input: { $ne: null } };
  const some = { session, projection: { _id: 1 }, limit: AT_ONCE } as const;
  const rows = await db.raw(commandRows).find(asked, some).toArray();
  const ids = { _id: { $in: rows.map(({ _id }) => _id) } };
  await db.raw(commandRows).updateMany(ids, { $set: { input: null } }, { session });
  await eraseLetters(work, { 'event.eventData.input.userId': userId });
  await forgetSessions(work, userId);
  return rows.length > 0 ? unfinished : undefined;
}
