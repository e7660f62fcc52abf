import { createHash } from 'node:crypto';
import { PARTITIONS, type Envelope } from '@mealprep360/contracts/envelope';
import { collection, type Collection } from '@mealprep360/mongo/collection';
import { Schema } from 'mongoose';

/**
 * An event as its owner keeps it, for ever: the envelope (its `eventId` is the `_id`), where it stands on the way out,
 * and what never leaves.
 */
export interface OutboxRow extends Omit<Envelope, 'eventId' | 'seq'> {
  _id: string;
  /** the number within its partition; null until the relay gave one */
  seq: number | null;
  /** when the bus had it as it is now; null until then */
  sentAt: Date | null;
  /** false when data was taken out of it, and the bus may still have it as it was */
  withdrawn?: boolean;
  /** the private part, encrypted by the owner: neither relayed nor served as history */
  sealed?: Buffer;
}

/** An outbox that knows which of its events hold something of a person. */
export interface Outbox extends Collection<OutboxRow> {
  people: readonly string[];
  mentions: readonly string[];
}

/**
 * Declares a service's outbox: one row an event. When a person is erased, `people` are the fields of the events' data
 * that name whose they are, and `mentions` lists of people in what stays.
 */
export const outboxCollection = (
  name = 'outbox',
  { people = [], mentions = [] }: Partial<Pick<Outbox, 'people' | 'mentions'>> = {},
): Outbox => ({
  ...collection<OutboxRow>(
    name,
    {
      eventType: { type: String, required: true },
      aggregateId: { type: String, required: true },
      aggregateType: { type: String, required: true },
      eventData: Schema.Types.Mixed,
      timestamp: { type: Date, required: true },
      version: { type: Number, required: true },
      schemaVersion: { type: Number, required: true },
      partition: { type: Number, required: true },
      correlationId: { type: String, required: true },
      causationId: String,
      traceparent: String,
      userId: String,
      to: String,
      erased: { type: Boolean, required: true },
      seq: Number,
      sentAt: Date,
      withdrawn: Boolean,
      sealed: Buffer,
    },
    [
      // optimistic concurrency: two writers of the same version cannot both commit
      [{ aggregateType: 1, aggregateId: 1, version: 1 }, { unique: true }],
      [
        { partition: 1, seq: 1 },
        { unique: true, partialFilterExpression: { seq: { $gt: 0 } } },
      ],
      // what the relay looks for, in the order in which it takes it
      [{ aggregateId: 1, version: 1 }, { partialFilterExpression: { seq: null } }],
      [{ sentAt: 1, partition: 1, seq: 1 }, { partialFilterExpression: { sentAt: null } }],
      ...[...people, ...mentions].map(field => [{ [`eventData.${field}`]: 1 }, { sparse: true }] as const),
    ],
  ),
  people,
  mentions,
});

/** The partition of an aggregate's events: a stable hash, so that they all stand in one line. */
export const partitionOf = (aggregateId: string): number =>
  createHash('sha256').update(aggregateId).digest().readUInt32BE() % PARTITIONS;

/** A numbered row as it travels: without its private part. */
export function toEnvelope(row: OutboxRow): Envelope {
  const { _id, seq, sentAt: _sentAt, withdrawn: _withdrawn, sealed: _sealed, ...rest } = row;
  if (seq === null) throw new Error(`event ${_id} has no number yet`);
  return { ...rest, eventId: _id, seq };
}
