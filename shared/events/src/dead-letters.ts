import type { Envelope } from '@mealprep360/contracts/envelope';
import { collection } from '@mealprep360/mongo/collection';
import { Schema } from 'mongoose';

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

/** What an operator can do about events that were parked. */
export interface DeadLetters {
  list: () => Promise<DeadLetter[]>;
  /**
   * Applies the parked events of this one's aggregate again, in order, until one fails.
   * Answers how many were applied, and the error of the one that failed.
   */
  redrive: (eventId: string) => Promise<{ applied: number; error: string | null }>;
  /** Gives this event up for a reason, and redrives what stood behind it. */
  discard: (eventId: string, reason: string) => Promise<{ applied: number; error: string | null }>;
}
