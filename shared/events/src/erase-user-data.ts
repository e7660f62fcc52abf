import { EraseUserData, type Keeper } from '@mealprep360/contracts/commands';
import type { Collection } from '@mealprep360/mongo/collection';
import type { mongo } from 'mongoose';
import { command, commandRows, NotYet, Unfinished, type Command } from './commands.ts';
import { deadLetters, eraseLetters } from './dead-letters.ts';
import type { Outbox, OutboxRow } from './outbox.ts';
import { sagaRows } from './saga-row.ts';
import { entombedAt } from './tombstones.ts';
import type { Tx } from './unit-of-work.ts';

/** How many records one transaction takes, about: nobody's amount of data makes it a large one. */
export const AT_ONCE = 500;

interface Counts {
  recordsErased: number;
  recordsAnonymised: number;
}

/** What one transaction did: `events` are changed rows that are no records of the room's own. */
export type Done = Partial<Counts & { events: number }>;

/** Does a part of what is to be done for a user who is gone, in one transaction; nothing when nothing is left. */
export type Part<Work> = (userId: string, work: Work) => Promise<Done>;

/** A transaction may take 10 s: one that began before the tombstone stood may write until this much later. */
const SETTLES = 12_000;

/**
 * A room's side of an erasure. First the tombstone, so that nothing new begins; then part after part in transactions
 * of their own, until none finds anything; at the end once more, for what was under way when the tombstone came.
 * After the room's own parts the events, commands, sagas and dead letters lose what they hold of the person.
 */
export const eraseUserData = <Work extends Tx>(
  keeper: Keeper,
  outbox: Outbox,
  own: readonly Part<Work>[],
): Command<Work> => {
  const parts: readonly Part<Work>[] = [...own, ended, eventsOf(outbox), mentionsIn(outbox), inputs, letters];
  return command<Work>()(EraseUserData(keeper), {
    forTheGone: true,
    run: async ({ userId }, work, progress) => {
      const { swept, ...counts } = read(progress);
      const since = await entombedAt(work.db, 'User', userId, work.session);
      if (since === null) {
        work.entomb('User', userId);
        return new Unfinished({ ...counts, swept: false });
      }
      const isSettled = work.now.getTime() - since.getTime() >= SETTLES;
      if (swept && !isSettled) throw new NotYet('what was under way when the account went may still be written');
      for (const part of parts) {
        const { recordsErased = 0, recordsAnonymised = 0, events = 0 } = await part(userId, work);
        if (recordsErased + recordsAnonymised + events === 0) continue;
        counts.recordsErased += recordsErased;
        counts.recordsAnonymised += recordsAnonymised;
        return new Unfinished({ ...counts, swept });
      }
      return isSettled ? counts : new Unfinished({ ...counts, swept: true });
    },
  });
};

const read = (progress: unknown): Counts & { swept: boolean } => ({
  ...{ recordsErased: 0, recordsAnonymised: 0, swept: false },
  ...(progress as Partial<Counts & { swept: boolean }> | null),
});

/** The same transaction, but what is said in it carries no data: whoever hears it knows that the aggregate is gone. */
export const asErased = <Work extends Tx>(work: Work): Work => ({
  ...work,
  emit: (event, extra) => {
    work.emit(event, { ...extra, erased: true });
  },
});

/**
 * Takes the data out of events: their numbers and versions stay, the relay takes them off the bus, and who has not
 * heard them reads in history that they are erased. Answers how many, at most AT_ONCE.
 */
export async function eraseEvents(
  { db, session }: Pick<Tx, 'db' | 'session'>,
  outbox: Collection<OutboxRow>,
  which: mongo.Filter<OutboxRow>,
): Promise<number> {
  const rows = db.raw(outbox);
  const found = await rows
    .find({ $and: [which, { erased: false }] }, { session, projection: { _id: 1 } })
    .limit(AT_ONCE)
    .toArray();
  if (found.length === 0) return 0;
  const emptied = {
    $set: { eventData: null, erased: true, sentAt: null, withdrawn: false },
    $unset: { sealed: '' },
  } as const;
  await rows.updateMany({ _id: { $in: found.map(({ _id }) => _id) } }, emptied, { session });
  return found.length;
}

const theirs = (userId: string) => ({ 'actor.userId': userId });

/** What the person set going has to end first: nothing of it is begun any more, and what is open is taken back. */
const ended: Part<Tx> = async (userId, { db, session }) => {
  const saga = { ...theirs(userId), state: { $in: ['RUNNING', 'COMPENSATING'] } } as const;
  const open = {
    ...theirs(userId),
    state: { $in: ['WAITING', 'UNDOING'] },
    command: { $ne: 'EraseUserData' },
  } as const;
  const isOpen =
    (await db.raw(sagaRows).findOne(saga, { session })) ?? (await db.raw(commandRows).findOne(open, { session }));
  if (isOpen) throw new NotYet('what the user set going has not ended');
  return {};
};

const eventsOf =
  ({ people, ...outbox }: Outbox): Part<Tx> =>
  async (userId, work) => ({
    events:
      people.length === 0
        ? 0
        : await eraseEvents(work, outbox, { $or: people.map(field => ({ [`eventData.${field}`]: userId })) }),
  });

/** Events that stay, and list the person among others: the same event, without them. */
const mentionsIn =
  ({ mentions, ...outbox }: Outbox): Part<Tx> =>
  async (userId, { db, session }) => {
    const rows = db.raw(outbox);
    let events = 0;
    for (const field of mentions.map(each => `eventData.${each}`)) {
      const which = { [field]: userId };
      const found = await rows.find(which, { session, projection: { _id: 1 }, limit: AT_ONCE }).toArray();
      const { $set } = withoutId(field, userId);
      const again = { ...$set, sentAt: null, withdrawn: false };
      await rows.updateMany({ _id: { $in: found.map(({ _id }) => _id) } }, [{ $set: again }], { session });
      events += found.length;
    }
    return { events };
  };

/** What sagas were started with, and commands asked with. */
const inputs: Part<Tx> = async (userId, { db, session }) => {
  const filled = { ...theirs(userId), input: { $ne: null } };
  const asked = { ...filled, command: { $ne: 'EraseUserData' } };
  const some = { session, projection: { _id: 1 }, limit: AT_ONCE } as const;
  const sagas = (await db.raw(sagaRows).find(filled, some).toArray()).map(({ _id }) => _id);
  const commands = (await db.raw(commandRows).find(asked, some).toArray()).map(({ _id }) => _id);
  await db.raw(sagaRows).updateMany({ _id: { $in: sagas } }, { $set: { input: null, replies: {} } }, { session });
  await db.raw(commandRows).updateMany({ _id: { $in: commands } }, { $set: { input: null } }, { session });
  return { events: sagas.length + commands.length };
};

/** The fields of all services' events that name whose they are. */
const everybodys = ['ownerId', 'authorId', 'userId', 'followerId', 'followeeId', 'postAuthorId', 'input.plan.ownerId'];

const letters: Part<Tx> = async (userId, work) => {
  const whose = everybodys.map(field => ({ [`event.eventData.${field}`]: userId }));
  const shared = { 'event.eventData.collaboratorIds': userId };
  const { modifiedCount } = await work.db
    .raw(deadLetters)
    .updateMany(shared, [withoutId('event.eventData.collaboratorIds', userId)], { session: work.session });
  return { events: modifiedCount + (await eraseLetters(work, { $or: [...whose, { aggregateId: userId }] })) };
};

/** An update that takes an id out of a list. */
const withoutId = (field: string, id: string) => ({
  $set: { [field]: { $filter: { input: `$${field}`, cond: { $ne: ['$$this', id] } } } },
});
