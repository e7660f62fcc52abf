import { CloudEvent } from 'cloudevents';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sayings } from '../catalogue/contracts.ts';
import { attributeOf, fromCloudEvent, toCloudEvent } from '../src/cloud-event.ts';
import { envelopeOf } from './arbitrary.ts';

const overTheWire = (event: unknown): unknown => JSON.parse(JSON.stringify(event));
const said = sayings.flatMap(([speaker, events]) =>
  events.map(definition => ({ speaker, definition, type: definition.type })),
);

describe.each(said)('$type of $speaker', ({ speaker, definition }) => {
  test('comes back from a CloudEvent as it was, and the judge of CloudEvents takes it', () => {
    fc.assert(
      fc.property(envelopeOf(definition), event => {
        const told = overTheWire(toCloudEvent(event, speaker));
        const back = fromCloudEvent(told);
        expect(back).toEqual({ speaker, event });
        if (!event.erased) expect(definition.read(back.event)).toEqual(definition.read(event));
        // strict: throws when an attribute is missing or has a name or value that CloudEvents do not allow
        expect(new CloudEvent(told as ConstructorParameters<typeof CloudEvent>[0], true).validate()).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

test('a version that CloudEvents cannot hold is refused, not cut', () => {
  const [event] = fc.sample(envelopeOf(said[0]!.definition), 1);
  expect(() => toCloudEvent({ ...event!, version: 2 ** 31 }, 'users')).toThrow('aggregateversion');
});

test('attributes have names of lower-case letters and digits, at most 20 of them, each of its own', () => {
  const names = Object.values(attributeOf);
  expect(names.filter(name => !/^[a-z0-9]{1,20}$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

test('sequences are in order as strings', () => {
  const [first] = said;
  fc.assert(
    fc.property(envelopeOf(first!.definition), envelopeOf(first!.definition), (one, other) => {
      const [a, b] = [one, other].map(event => String(toCloudEvent(event, 'users').sequence));
      expect(a! < b!).toBe(one.seq < other.seq);
    }),
    { numRuns: 200 },
  );
});

describe('a CloudEvent that did not come from here', () => {
  const [event] = fc.sample(envelopeOf(said[0]!.definition), 1);
  const ours = overTheWire(toCloudEvent(event!, 'users')) as Record<string, unknown>;

  test('is refused: of another source, type or version, without what an envelope needs', () => {
    for (const change of [
      { source: 'https://example.org/' },
      { type: 'org.example.UserCreated' },
      { specversion: '0.3' },
      { sequence: 'twelve' },
      { aggregateversion: 2 ** 31 },
      { subject: undefined },
      { partition: '3' },
    ]) {
      expect(() => fromCloudEvent({ ...ours, ...change }), JSON.stringify(change)).toThrow();
    }
  });

  test('may carry attributes that others added', () => {
    expect(fromCloudEvent({ ...ours, tracestate: 'a=b' })).toEqual(fromCloudEvent(ours));
  });
});
