import type { Envelope } from '@mealprep360/contracts/envelope';
import fc from 'fast-check';
import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CheckpointMoved } from '../../src/apply.ts';
import { NotYet } from '../../src/commands.ts';
import { eventLine } from '../../src/event-line.ts';
import { startPartition, type PartitionWork } from '../../src/partition.ts';

// A partition of a speaker as its reader works through it, over a bus and a history that may do what they like: the
// database is a number and a list, so that a thousand lives of it take seconds.

const eventOf = (seq: number): Envelope => ({
  ...{ eventId: `e${seq}`, eventType: 'Said', aggregateId: 'a', aggregateType: 'A', eventData: null },
  ...{ timestamp: new Date(0), version: seq, schemaVersion: 1, partition: 0, seq, correlationId: 'c' },
  ...{ causationId: null, traceparent: null, userId: null, to: null, erased: false },
});

/** What the bus, the history, the database and another process of the same service do, one thing after the other. */
type Turn =
  | { act: 'deliver'; numbers: number[] }
  | { act: 'head'; number: number }
  | { act: 'rival'; number: number }
  | { act: 'pause'; milliseconds: number };
const anyTurns = (last: number): fc.Arbitrary<Turn[]> => {
  const number = fc.integer({ min: 1, max: last });
  return fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ act: fc.constant('deliver' as const), numbers: fc.array(number, { maxLength: 4 }) }),
      },
      fc.record({ act: fc.constant('head' as const), number }),
      fc.record({ act: fc.constant('rival' as const), number: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ act: fc.constant('pause' as const), milliseconds: fc.nat(30) }),
    ),
    { maxLength: 12, size: 'max' },
  );
};
/** What happens to what the reader asks of the history and the database, one after the other; then all goes well. */
const anyTroubles = fc.array(fc.constantFrom('slow', 'slow', 'none', 'fails', 'a part', 'lost reply'), {
  maxLength: 12,
});
type Trouble = 'none' | 'fails' | 'slow' | 'a part' | 'lost reply';
/** Events that fail so many times, for a reason that passes or not. */
const anyPoison = (last: number) =>
  fc.dictionary(fc.integer({ min: 1, max: last }).map(String), fc.integer({ min: 1, max: 7 }), { maxKeys: 2 });

const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));

/** A database with a checkpoint that moves with what is written, and what is written to it. */
function storeOf(last: number, troubles: readonly Trouble[], poison: Readonly<Record<string, number>>) {
  const written: { seq: number; how: 'applied' | 'parked' | 'by a rival' }[] = [];
  const next = [...troubles];
  const tries = new Map<number, number>();
  const checkpoint = () => written.length;
  const write = (events: readonly Envelope[], how: 'applied' | 'parked' | 'by a rival'): void => {
    if (events[0]?.seq !== checkpoint() + 1) throw new CheckpointMoved('speaker', 0);
    written.push(...events.map(({ seq }) => ({ seq, how })));
  };
  const work: PartitionWork = {
    index: 0,
    checkpoint: 0,
    load: () => Promise.resolve(checkpoint()),
    fetch: async (from, limit) => {
      const trouble = next.shift() ?? 'none';
      if (trouble === 'fails') throw new Error('no history today');
      if (trouble === 'slow') await pause(25);
      const most = Math.min(trouble === 'a part' ? Math.ceil(limit / 2) : limit, last - from + 1);
      return Array.from({ length: most }, (_, index) => eventOf(from + index));
    },
    apply: async events => {
      const trouble = next.shift() ?? 'none';
      if (trouble === 'fails') throw new NotYet('later');
      if (trouble === 'slow') await pause(25);
      for (const { seq } of events) {
        const tried = tries.get(seq) ?? 0;
        if (tried >= (poison[seq] ?? 0)) continue;
        if (events.length === 1) tries.set(seq, tried + 1);
        throw new Error(`${seq} is poison`);
      }
      write(events, 'applied');
      if (trouble === 'lost reply') throw new NotYet('the reply got lost');
    },
    park: event => {
      write([event], 'parked');
      return Promise.resolve();
    },
    logger: pino({ level: 'silent' }),
  };
  const rival = (count: number): void => {
    const upTo = Math.min(last, checkpoint() + count);
    while (checkpoint() < upTo) write([eventOf(checkpoint() + 1)], 'by a rival');
  };
  return { work, written, rival };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const life = fc.integer({ min: 1, max: 12 }).chain(last =>
  fc.record({
    last: fc.constant(last),
    turns: anyTurns(last),
    troubles: anyTroubles,
    poison: anyPoison(last),
  }),
);

test('whatever the bus brings, each event of a partition is applied once, in its order', () =>
  fc.assert(
    fc.asyncProperty(life, async ({ last, turns, troubles, poison }) => {
      const store = storeOf(last, troubles, poison);
      const partition = startPartition(store.work);
      for (const turn of turns) {
        if (turn.act === 'deliver') partition.deliver(turn.numbers.map(eventOf));
        else if (turn.act === 'head') partition.learnHead(turn.number);
        else if (turn.act === 'rival') store.rival(turn.number);
        else await vi.advanceTimersByTimeAsync(turn.milliseconds);
      }
      // in the end somebody asks the speaker how far it is
      partition.learnHead(last);
      for (let wait = 0; wait < 100 && partition.lag() > 0; wait++) await vi.advanceTimersByTimeAsync(1000);
      const stopped = partition.stop();
      await vi.advanceTimersByTimeAsync(1000);
      await stopped;
      expect(store.written.map(({ seq }) => seq)).toEqual(Array.from({ length: last }, (_, index) => index + 1));
      expect([partition.lag(), partition.head(), partition.tries()]).toEqual([0, last, 0]);
      // five failures of its own make an event poison, and nothing else does
      for (const { seq, how } of store.written) {
        if (how !== 'by a rival') expect([seq, how]).toEqual([seq, (poison[seq] ?? 0) >= 5 ? 'parked' : 'applied']);
      }
    }),
    { numRuns: 1000 },
  ));

const ascending = fc.uniqueArray(fc.integer({ min: 1, max: 30 })).map(numbers => numbers.toSorted((a, b) => a - b));

test('a line is ascending, and hands out only what follows without a gap', () => {
  const step = fc.oneof(
    fc.record({ act: fc.constant('append' as const), numbers: ascending }),
    fc.record({ act: fc.constant('prepend' as const), from: fc.integer({ min: 1, max: 30 }), count: fc.nat(6) }),
    fc.record({ act: fc.constant('drop' as const), until: fc.nat(30) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), fc.integer({ min: 1, max: 30 }), fc.nat(40), (steps, from, most) => {
      const line = eventLine();
      let model: number[] = [];
      for (const each of steps) {
        if (each.act === 'append') {
          line.append(each.numbers.map(eventOf));
          model = [...model, ...each.numbers.filter(number => number > (model.at(-1) ?? 0))];
        } else if (each.act === 'drop') {
          line.drop(each.until);
          model = model.filter(number => number > each.until);
        } else if (each.from < (model[0] ?? Infinity)) {
          // what was fetched may meet what came in meanwhile
          const fetched = Array.from({ length: each.count }, (_, index) => each.from + index);
          line.prepend(fetched.map(eventOf));
          model = [...new Set([...fetched, ...model])].toSorted((a, b) => a - b);
        }
      }
      expect([line.size(), line.first(), line.last()]).toEqual([model.length, model[0] ?? null, model.at(-1) ?? null]);
      // what is applied leaves the line before the next is taken
      line.drop(from - 1);
      model = model.filter(number => number >= from);
      const handed = model.slice(0, most).filter((number, offset) => number === from + offset);
      expect(line.peek(from, most).map(({ seq }) => seq)).toEqual(handed);
      expect(handed).toEqual(handed.map((_, offset) => from + offset));
    }),
    { numRuns: 2000 },
  );
});
