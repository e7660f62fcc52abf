import { z } from 'zod';
import type { DomainEvent, Envelope } from './envelope.ts';

/** What a service says happened, before it is written down: the rest of the envelope is the unit of work's to add. */
export interface NewEvent {
  eventType: string;
  aggregateType: string;
  aggregateId: string;
  version: number;
  schemaVersion: number;
  eventData: unknown;
  to: string | null;
}

/** Turns the data of one past schema version into the next one's. */
export type Upcaster = (data: unknown) => unknown;

/** An event that this code cannot read: newer code wrote it, or its data is not what the contract says. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
  readonly kind: 'NEWER_VERSION' | 'INVALID_DATA';
  constructor(kind: 'NEWER_VERSION' | 'INVALID_DATA', message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface EventDefinition<Type extends string, Schema extends z.ZodType> {
  type: Type;
  aggregateType: string;
  schemaVersion: number;
  schema: Schema;
  /** Makes the event, checked against its schema; throws a ZodError when the data is not what the contract says. */
  of: (aggregateId: string, version: number, data: z.input<Schema>, to?: string) => NewEvent;
  /** Reads an envelope of any past schema version; throws UnreadableEvent when it is too new or does not parse. */
  read: (event: Envelope) => DomainEvent<z.output<Schema>>;
}

export type AnyEventDefinition = EventDefinition<string, z.ZodType>;
export type DataOf<Definition> = Definition extends EventDefinition<string, infer Schema> ? z.output<Schema> : never;

/**
 * Declares one event type. `upcasters[n]` turns data of schema version n+1 into n+2, so their number is
 * one less than the current schema version.
 */
export function defineEvent<const Type extends string, Schema extends z.ZodType>(
  type: Type,
  aggregateType: string,
  schema: Schema,
  upcasters: readonly Upcaster[] = [],
): EventDefinition<Type, Schema> {
  const schemaVersion = upcasters.length + 1;
  return {
    type,
    aggregateType,
    schemaVersion,
    schema,
    of: (aggregateId, version, data, to) => ({
      eventType: type,
      aggregateType,
      aggregateId,
      version,
      schemaVersion,
      eventData: schema.parse(data),
      to: to ?? null,
    }),
    read: event => {
      if (event.eventType !== type) throw new Error(`a ${event.eventType} was read as a ${type}`);
      if (event.schemaVersion > schemaVersion) {
        const message = `${type} of schema version ${event.schemaVersion} is newer than this code's ${schemaVersion}`;
        throw new UnreadableEvent('NEWER_VERSION', message);
      }
      const current = upcasters.slice(event.schemaVersion - 1).reduce((data, upcast) => upcast(data), event.eventData);
      const read = schema.safeParse(current);
      if (read.success) return { ...event, eventData: read.data };
      const faults = z.prettifyError(read.error).replaceAll(/\s+/g, ' ');
      throw new UnreadableEvent('INVALID_DATA', `${type} is not what its contract says: ${faults}`);
    },
  };
}
