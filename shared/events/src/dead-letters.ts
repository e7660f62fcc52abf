import { UnreadableEvent } from '@mealprep360/contracts/define';
import type { Envelope } from '@mealprep360/contracts/envelope';
import { collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { Schema, type mongo } from 'mongoose';
import { reached } from './crash-points.ts';
import { NotDone, operatorActions, partOf, type Operator, type OperatorAction, type Part } from './operator.ts';
import type { Tx } from './unit-of-work.ts';

/** Why an event is put aside: newer code wrote it, its data breaks its contract, or what is done with it failed. */
type Kind = 'NEWER_VERSION' | 'INVALID_DATA' | 'FAILED';

/** An event that could not be applied, or one that stands behind such an event of the same aggregate. */
export interface DeadLetter {
  /** the event's id */
  _id: string;
  speaker: string;
  aggregateType: string;
  aggregateId: string;
  partition: number;
  seq: number;
  event: Envelope;
  state: 'PARKED' | 'DISCARDED';
  /** what went wrong, and of which kind it is; null for an event that only waits behind another */
  error: string | null;
  kind: Kind | null;
  at: Date;
  /** the number of the event that was put aside behind it */
  followedBy?: number;
  /** redrives that failed, and the discarding */
  operatorActions?: OperatorAction[];
}

export const deadLetters = collection<DeadLetter>(
  'dead_letters',
  {
    speaker: { type: String, required: true },
    aggregateType: { type: String, required: true },
    aggregateId: { type: String, required: true },
    partition: { type: Number, required: true },
    seq: { type: Number, required: true },
    event: Schema.Types.Mixed,
    state: { type: String, required: true, enum: ['PARKED', 'DISCARDED'] },
    error: String,
    kind: String,
    at: { type: Date, required: true },
    followedBy: Number,
    operatorActions,
  },
  [[{ speaker: 1, state: 1, aggregateId: 1, seq: 1 }], [{ state: 1, _id: 1 }]],
);

export interface Redriven {
  /** how many events were applied */
  applied: number;
  /** of the event that failed again, where it ended; null when none is parked any more */
  error: string | null;
}

/** Which letters are wanted; all where nothing is told. */
export interface LetterFilter {
  state?: DeadLetter['state'] | undefined;
  speaker?: string | undefined;
  aggregateId?: string | undefined;
}

/** What an operator can do about events that were parked. */
export interface DeadLetters {
  /** About in the order in which the events were said; `after` is the id of the last one seen. */
  list: (filter: LetterFilter, limit: number, after?: string) => Promise<Part<DeadLetter>>;
  /** Null when there is none. */
  find: (eventId: string) => Promise<DeadLetter | null>;
  /**
   * Applies the parked events of this one's aggregate again, in order, until one fails. Throws NotDone when the event
   * is not parked.
   */
  redrive: (eventId: string, operator: Operator) => Promise<Redriven>;
  /** Gives this event up for a reason, and redrives what stood behind it. Throws NotDone when it is not parked. */
  discard: (eventId: string, operator: Operator & { reason: string }) => Promise<Redriven>;
}

/** What went wrong with an event, in words and as a kind. */
export const whatFailed = (error: unknown): Pick<DeadLetter, 'error' | 'kind'> => ({
  error: error instanceof Error ? error.message : String(error),
  kind: error instanceof UnreadableEvent ? error.kind : 'FAILED',
});

/** What is said of an event that only waits behind another. */
export const onlyWaits = { error: null, kind: null } as const;

/** The row of an event that is put aside. */
export const letterOf = (
  speaker: string,
  event: Envelope,
  why: Pick<DeadLetter, 'error' | 'kind'>,
  at: Date,
): DeadLetter => ({
  _id: event.eventId,
  speaker,
  aggregateType: event.aggregateType,
  aggregateId: event.aggregateId,
  partition: event.partition,
  seq: event.seq,
  event,
  state: 'PARKED',
  ...why,
  at,
});

/**
 * Takes the data out of letters, whatever their state: one that is parked still stands in line, and counts as its
 * aggregate's end. Answers how many had any.
 */
export async function eraseLetters(
  { db, session }: Pick<Tx, 'db' | 'session'>,
  which: mongo.Filter<DeadLetter>,
): Promise<number> {
  const taken = { 'event.eventData': null, 'event.erased': true, error: 'erased' };
  const { modifiedCount } = await db
    .raw(deadLetters)
    .updateMany({ $and: [which, { 'event.erased': false }] }, { $set: taken }, { session });
  return modifiedCount;
}

/** `apply` is what a live event of that speaker would go through, in a transaction that also removes the letter. */
export function deadLetterDesk(db: Database, apply: (letter: DeadLetter) => Promise<void>): DeadLetters {
  const rows = () => db.raw(deadLetters);
  const noteOn = async (_id: string, what: Partial<DeadLetter>, action: string, operator: Operator) =>
    rows().updateOne({ _id, state: 'PARKED' }, [
      { $set: { ...literally(what), operatorActions: { $concatArrays: [done, [noted(action, operator)]] } } },
    ]);
  const redriveAggregate = async ({ speaker, aggregateId }: DeadLetter, operator: Operator): Promise<Redriven> => {
    for (let applied = 0; ; applied++) {
      const letter = await rows().findOne({ speaker, state: 'PARKED', aggregateId }, { sort: { seq: 1 } });
      if (letter === null) return { applied, error: null };
      try {
        await apply(letter);
        reached('redrive.committed');
      } catch (error) {
        const why = whatFailed(error);
        await noteOn(letter._id, why, 'redrive', operator);
        return { applied, error: why.error };
      }
    }
  };
  const notParked = (eventId: string) => new NotDone(`No event ${eventId} is parked here.`);
  const parked = async (eventId: string): Promise<DeadLetter> => {
    const letter = await rows().findOne({ _id: eventId, state: 'PARKED' });
    if (letter === null) throw notParked(eventId);
    return letter;
  };
  return {
    list: async ({ state, speaker, aggregateId }, limit, after = '') => {
      const wanted = { ...(state && { state }), ...(speaker && { speaker }), ...(aggregateId && { aggregateId }) };
      const found = rows().find({ ...wanted, _id: { $gt: after } });
      return partOf(
        await found
          .sort({ _id: 1 })
          .limit(limit + 1)
          .toArray(),
        limit,
      );
    },
    find: eventId => rows().findOne({ _id: eventId }),
    redrive: async (eventId, operator) => redriveAggregate(await parked(eventId), operator),
    discard: async (eventId, operator) => {
      const letter = await parked(eventId);
      const { modifiedCount } = await noteOn(eventId, { state: 'DISCARDED' }, 'discard', operator);
      // somebody was faster, and had it applied
      if (modifiedCount === 0) throw notParked(eventId);
      reached('discard.noted');
      return redriveAggregate(letter, { by: operator.by, reason: null });
    },
  };
}

// An update by the database's clock is a pipeline, in which what a text means has to be said.
const done = { $ifNull: ['$operatorActions', []] };
const noted = (action: string, { by, reason }: Operator) => ({ ...literally({ action, by, reason }), at: '$$NOW' });
const literally = (fields: object) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { $literal: value as unknown }]));
