import type { Envelope } from '@mealprep360/contracts/envelope';
import { collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { Schema } from 'mongoose';
import { reached } from './crash-points.ts';

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
  /** what went wrong; null for an event that only waits behind another */
  error: string | null;
  /** why an operator discarded it */
  reason: string | null;
  at: Date;
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
    reason: String,
    at: { type: Date, required: true },
  },
  [[{ speaker: 1, state: 1, aggregateId: 1, seq: 1 }]],
);

export interface Redriven {
  /** how many events were applied */
  applied: number;
  /** of the event that failed again, where it ended; null when none is parked any more */
  error: string | null;
}

/** What an operator can do about events that were parked. */
export interface DeadLetters {
  list: () => Promise<DeadLetter[]>;
  /**
   * Applies the parked events of this one's aggregate again, in order, until one fails. Throws when the event is not
   * parked.
   */
  redrive: (eventId: string) => Promise<Redriven>;
  /** Gives this event up for a reason, and redrives what stood behind it. */
  discard: (eventId: string, reason: string) => Promise<Redriven>;
}

/** The row of an event that is put aside. */
export const letterOf = (speaker: string, event: Envelope, error: string | null, at: Date): DeadLetter => ({
  _id: event.eventId,
  speaker,
  aggregateType: event.aggregateType,
  aggregateId: event.aggregateId,
  partition: event.partition,
  seq: event.seq,
  event,
  state: 'PARKED',
  error,
  reason: null,
  at,
});

/** `apply` is what a live event of that speaker would go through, in a transaction that also removes the letter. */
export function deadLetterDesk(db: Database, apply: (letter: DeadLetter) => Promise<void>): DeadLetters {
  const rows = () => db.raw(deadLetters);
  const redriveAggregate = async ({ speaker, aggregateId }: DeadLetter): Promise<Redriven> => {
    for (let applied = 0; ; applied++) {
      const letter = await rows().findOne({ speaker, state: 'PARKED', aggregateId }, { sort: { seq: 1 } });
      if (letter === null) return { applied, error: null };
      try {
        await apply(letter);
        reached('redrive.committed');
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        await rows().updateOne({ _id: letter._id, state: 'PARKED' }, { $set: { error: message } });
        return { applied, error: message };
      }
    }
  };
  const parked = async (eventId: string): Promise<DeadLetter> => {
    const letter = await rows().findOne({ _id: eventId, state: 'PARKED' });
    if (letter === null) throw new Error(`no event ${eventId} is parked here`);
    return letter;
  };
  return {
    list: () => rows().find().sort({ speaker: 1, state: 1, aggregateId: 1, seq: 1 }).toArray(),
    redrive: async eventId => redriveAggregate(await parked(eventId)),
    discard: async (eventId, reason) => {
      const letter = await parked(eventId);
      await rows().updateOne({ _id: eventId, state: 'PARKED' }, { $set: { state: 'DISCARDED', reason } });
      reached('discard.noted');
      return redriveAggregate(letter);
    },
  };
}
