import fc from 'fast-check';
import { jsonSchemaOf, type JsonSchema } from '../catalogue/json-schema.ts';
import type { AnyEventDefinition } from '../src/define.ts';
import type { Envelope } from '../src/envelope.ts';

const text = fc.string({ minLength: 1, unit: 'binary' });
/** CloudEvents allow no control characters in attributes */
const printable = fc.string({ minLength: 1, unit: 'grapheme' });
const id = fc.stringMatching(/^[0-9a-f]{24}$/);
const INT32 = 2 ** 31 - 1;
const int32 = fc.integer({ min: 1, max: INT32 });
const instant = fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
const day = instant.map(date => date.toISOString().slice(0, 10));
const trace = fc.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);

/** Any JSON that a schema of the catalogue takes; throws for a keyword that it does not know. */
export function jsonOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, properties, required = [], items, anyOf, enum: values, format, pattern, minimum, maximum } = schema;
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map(one => jsonOf(one as JsonSchema)));
  if (Array.isArray(values)) return fc.constantFrom<unknown>(...values);
  if (Array.isArray(type)) return fc.oneof(...type.map(one => jsonOf({ ...schema, type: one as string })));
  if (type === 'null') return fc.constant(null);
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') {
    const least = typeof schema.exclusiveMinimum === 'number' ? schema.exclusiveMinimum + 1 : (minimum as number);
    return fc.integer({ min: least, max: maximum as number });
  }
  if (type === 'number') return fc.double({ min: 0, minExcluded: true, noNaN: true, noDefaultInfinity: true });
  if (type === 'array') return fc.array(jsonOf(items as JsonSchema), { maxLength: 5 });
  if (type === 'string') {
    if (format === 'date-time') return instant.map(date => date.toISOString());
    if (format === 'date') return day;
    return typeof pattern === 'string' ? fc.stringMatching(new RegExp(pattern)) : text;
  }
  if (type === 'object') {
    const fields = Object.entries(properties as Record<string, JsonSchema>).map(([name, one]) => [name, jsonOf(one)]);
    return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys: required as string[],
      noNullPrototype: true,
    });
  }
  // (as JSON carries it: it has no -0)
  if (Object.keys(schema).length === 0) {
    return fc
      .json({ noUnicodeString: false })
      .map((text): unknown => JSON.parse(text))
      .filter(value => value !== null);
  }
  throw new Error(`no arbitrary JSON of ${JSON.stringify(schema)}`);
}

/** Any envelope of an event as it travels, also of an erased aggregate. */
export const envelopeOf = ({
  type,
  aggregateType,
  schemaVersion,
  schema,
}: AnyEventDefinition): fc.Arbitrary<Envelope> =>
  fc
    .record({
      eventId: id,
      eventType: fc.constant(type),
      aggregateId: printable,
      aggregateType: fc.constant(aggregateType),
      eventData: jsonOf(jsonSchemaOf(schema)),
      timestamp: instant,
      version: int32,
      schemaVersion: fc.constant(schemaVersion),
      partition: fc.nat(7),
      seq: fc.oneof(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), int32),
      correlationId: printable,
      causationId: fc.option(id),
      traceparent: fc.option(trace),
      userId: fc.option(id),
      to: fc.option(printable),
      erased: fc.boolean(),
    })
    .map(event => (event.erased ? { ...event, eventData: null } : event));
