import { z } from 'zod';

/**
 * A domain event as it travels: the strategy's seven fields, and ours for order (partition, seq), evolution
 * (schemaVersion) and tracing. `version` is the aggregate's version after the event; `seq` numbers the events of one
 * partition of one speaker from 1 without a gap.
 */
export const envelope = z.object({
  eventId: z.string().min(1),
  eventType: z.string().min(1),
  aggregateId: z.string().min(1),
  aggregateType: z.string().min(1),
  eventData: z.unknown(),
  timestamp: z.coerce.date(),
  version: z.int().positive(),
  schemaVersion: z.int().positive(),
  partition: z.int().min(0),
  seq: z.int().positive(),
  correlationId: z.string().min(1),
  causationId: z.string().nullable(),
  traceparent: z.string().nullable(),
  /** who acted; null when the system did */
  userId: z.string().nullable(),
  /** the one service that a command or a reply is for; null for an event that is for all */
  to: z.string().nullable(),
  /** true when the aggregate was erased: eventData is gone for ever and the event counts as its tombstone */
  erased: z.boolean().default(false),
});

export type Envelope = z.infer<typeof envelope>;

/** An envelope whose data was read by its definition. */
export type DomainEvent<Data = unknown> = Omit<Envelope, 'eventData'> & { eventData: Data };

/** How many partitions a service's events are spread over, by hash of the aggregate's id. */
export const PARTITIONS = 8;
