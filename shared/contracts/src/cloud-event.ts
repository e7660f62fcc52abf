import { z } from 'zod';
import { envelope, type Envelope } from './envelope.ts';

/**
 * Where each field of the envelope stands in a CloudEvent 1.0, for bridges to other systems. `partitionkey` would be
 * the subject once more and is left out; `sequence` and `traceparent` are the documented extensions of these names.
 */
export const attributeOf = {
  eventId: 'id',
  eventType: 'type',
  aggregateId: 'subject',
  aggregateType: 'aggregatetype',
  eventData: 'data',
  timestamp: 'time',
  version: 'aggregateversion',
  schemaVersion: 'schemaversion',
  partition: 'partition',
  seq: 'sequence',
  correlationId: 'correlationid',
  causationId: 'causationid',
  traceparent: 'traceparent',
  userId: 'userid',
  to: 'recipient',
  erased: 'erased',
} as const satisfies Record<keyof Envelope, string>;

const SOURCE = 'urn:mealprep360:';
const TYPE = 'mealprep360.';
/** digits of the greatest safe integer: as strings, too, sequences are in order */
const DIGITS = 16;

const text = z.string().min(1);
const stripped = (prefix: string) => text.startsWith(prefix).transform(value => value.slice(prefix.length));

// what is null in the envelope is absent
const cloudEvent = z.looseObject({
  specversion: z.literal('1.0'),
  source: stripped(SOURCE),
  datacontenttype: z.literal('application/json').optional(),
  id: text,
  type: stripped(TYPE),
  subject: text,
  time: z.iso.datetime({ offset: true }),
  data: z.unknown().optional(),
  aggregatetype: text,
  // an Integer of CloudEvents has 32 bits
  aggregateversion: z.int32(),
  schemaversion: z.int32(),
  partition: z.int32(),
  sequence: z.string().regex(/^\d{1,16}$/),
  correlationid: text,
  causationid: text.optional(),
  traceparent: text.optional(),
  userid: text.optional(),
  recipient: text.optional(),
  erased: z.boolean().optional(),
});

/**
 * A service's event as a CloudEvent in JSON format: `source` tells the service, `type` the event. Throws a ZodError for
 * a version that an Integer of CloudEvents cannot hold.
 */
export function toCloudEvent(event: Envelope, speaker: string): Record<string, unknown> {
  const fields: Record<string, unknown> = {
    ...event,
    eventType: TYPE + event.eventType,
    timestamp: event.timestamp.toISOString(),
    seq: String(event.seq).padStart(DIGITS, '0'),
    erased: event.erased || null,
  };
  const attributes = Object.entries(attributeOf).map(([field, name]) => [name, fields[field]] as const);
  const told = {
    specversion: '1.0',
    source: SOURCE + speaker,
    datacontenttype: 'application/json',
    ...Object.fromEntries(attributes.filter(([, value]) => value !== null && value !== undefined)),
  };
  cloudEvent.parse(told);
  return told;
}

/** Reads what toCloudEvent made, perhaps with attributes that others added; throws a ZodError for anything else. */
export function fromCloudEvent(event: unknown): { speaker: string; event: Envelope } {
  const read = cloudEvent.parse(event);
  const fields = Object.entries(attributeOf).map(([field, name]) => [field, read[name] ?? null]);
  return {
    speaker: read.source,
    event: envelope.parse({
      ...Object.fromEntries(fields),
      seq: Number(read.sequence),
      erased: read.erased ?? false,
    }),
  };
}
