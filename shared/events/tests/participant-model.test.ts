import { CommandAnswered, CommandRequested, type AnyCommandDefinition } from '@mealprep360/contracts/commands';
import { collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { command, commandRows, NotYet, Refused } from '../src/commands.ts';
import { startParticipant } from '../src/participant.ts';
import { commitAs, unitOfWork, type Commit, type Tx } from '../src/unit-of-work.ts';
import { ana, dropAndClose, logger, openTestDatabase, outbox } from './kit.ts';

// A participant under any order of requests, undos and repeats, over a real database: many sagas in each run.

const deeds = collection<{ _id: string; saga: string; deed: 'do' | 'undo'; nth: number }>('deeds', {
  saga: String,
  deed: String,
  nth: Number,
});
let db: Database;
let commit: Commit;
beforeAll(async () => {
  db = await openTestDatabase('participant_model', [deeds]);
  commit = commitAs(unitOfWork(db, outbox, () => undefined));
});
afterAll(() => dropAndClose(db));

/** What arrives in a round, while what arrived before may be at work; and whether the work gets time before the next. */
type Arrival = 'request' | 'undo' | 'nothing';
interface Life {
  arrivals: Arrival[];
  /** how the action ends, and how often it is not ready before */
  ends: 'done' | 'refused';
  waits: number;
}
const anyLife: fc.Arbitrary<Life> = fc.record({
  arrivals: fc.array(fc.constantFrom('request' as const, 'request' as const, 'undo' as const, 'nothing' as const), {
    minLength: 1,
    maxLength: 4,
  }),
  ends: fc.constantFrom('done', 'done', 'refused'),
  waits: fc.nat(1),
});
const TOGETHER = 100;
const anyRun = fc.record({
  lives: fc.array(anyLife, { minLength: TOGETHER, maxLength: TOGETHER }),
  /** in which rounds the work gets done before the next one begins */
  rests: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
});

const definition = { name: 'Do', from: 'home', to: 'here', input: z.object({ saga: z.string() }), reply: z.object({}) };

function participantOf(lives: ReadonlyMap<string, Life>) {
  const waited = new Map<string, number>();
  const act = async (saga: string, deed: 'do' | 'undo', { db: store, session }: Tx) => {
    const nth = await store.raw(deeds).countDocuments({ saga }, { session });
    await store.raw(deeds).insertOne({ _id: newId(), saga, deed, nth }, { session });
  };
  const does = command<Tx>()(definition satisfies AnyCommandDefinition, {
    run: async ({ saga }, tx) => {
      const life = lives.get(saga);
      const tries = waited.get(saga) ?? 0;
      waited.set(saga, tries + 1);
      if (tries < (life?.waits ?? 0)) throw new NotYet('not yet');
      await act(saga, 'do', tx);
      if (life?.ends === 'refused') throw new Refused('NO', 'no');
      return {};
    },
    undo: ({ saga }, tx) => act(saga, 'undo', tx),
  });
  return startParticipant({ db, outbox, commit, work: tx => tx, commands: [does], logger });
}

const requestOf = (saga: string, undo: boolean) => ({
  ...{ ...ana, eventId: newId(), timestamp: new Date(), partition: 0, seq: 1, erased: false },
  ...CommandRequested.of(
    saga,
    1,
    { sagaId: saga, step: 0, command: 'Do', undo, input: { saga }, deadline: null },
    'here',
  ),
  eventData: { sagaId: saga, step: 0, command: 'Do', undo, input: { saga }, deadline: null },
  userId: null,
});
const settled = () =>
  expect
    .poll(() => db.raw(commandRows).countDocuments({ state: { $in: ['WAITING', 'UNDOING'] } }), { interval: 20 })
    .toBe(0);

function check(
  life: Life,
  state: string | undefined,
  done: string[],
  answers: z.output<typeof CommandAnswered.schema>[],
) {
  const arrived = life.arrivals.filter(arrival => arrival !== 'nothing');
  if (arrived.length === 0) {
    expect([state, done, answers]).toEqual([undefined, [], []]);
    return;
  }
  // an action is done at most once, and taken back once when it was done and its undo came
  const isUndone = arrived.includes('undo');
  const isFirst = arrived[0] === 'undo';
  const mayBe = isUndone
    ? isFirst || life.ends === 'refused'
      ? ['']
      : ['', 'do,undo']
    : [life.ends === 'done' ? 'do' : ''];
  expect(mayBe).toContain(done.join());
  expect(state).toBe(isUndone ? 'UNDONE' : life.ends === 'done' ? 'DONE' : 'REFUSED');
  // each question is answered; only one that is asked again may be answered again
  const [said, back] = [answers.filter(({ undo }) => !undo), answers.filter(({ undo }) => undo)];
  const asked = arrived.filter(arrival => arrival === 'request').length;
  const undos = arrived.length - asked;
  expect(said.length).toBeLessThanOrEqual(asked);
  expect(back.length).toBeLessThanOrEqual(undos);
  if (isUndone) expect(back.length).toBeGreaterThan(0);
  else expect(said.length).toBeGreaterThan(0);
  expect(back.every(({ outcome }) => outcome === 'DONE')).toBe(true);
  expect(said.every(({ outcome }) => outcome === (life.ends === 'done' ? 'DONE' : 'REFUSED'))).toBe(true);
  if (isUndone) expect(said.length > 0 && life.ends === 'done').toBe(done.length > 0);
}

test('an action is done once and never after its undo, and each question is answered, in whatever order they come', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async ({ lives, rests }) => {
      const byId = new Map(lives.map(life => [newId(), life]));
      const participant = participantOf(byId);
      for (const [round, rest] of rests.entries()) {
        await commit(ana, async tx => {
          for (const [saga, { arrivals }] of byId) {
            const arrival = arrivals[round] ?? 'nothing';
            if (arrival !== 'nothing') await participant.accept('home', requestOf(saga, arrival === 'undo'), tx);
          }
        });
        participant.nudge();
        if (rest) await settled();
      }
      await settled();
      await participant.stop();
      const ids = [...byId.keys()];
      const rows = await db
        .raw(commandRows)
        .find({ sagaId: { $in: ids } })
        .toArray();
      const did = await db
        .raw(deeds)
        .find({ saga: { $in: ids } })
        .sort({ nth: 1 })
        .toArray();
      const said = await db
        .raw(outbox)
        .find({ aggregateId: { $in: ids } })
        .sort({ version: 1 })
        .toArray();
      for (const [saga, life] of byId) {
        const own = said.filter(({ aggregateId }) => aggregateId === saga);
        expect(own.map(({ version }) => version)).toEqual(own.map((_, index) => index + 1));
        check(
          life,
          rows.find(row => row.sagaId === saga)?.state,
          did.filter(row => row.saga === saga).map(({ deed }) => deed),
          own.map(({ eventData }) => CommandAnswered.schema.parse(eventData)),
        );
      }
    }),
    { numRuns: 1000 / TOGETHER, endOnFailure: true },
  );
});
