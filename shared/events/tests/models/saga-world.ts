import { CommandRequested, type CommandAnswered } from '@mealprep360/contracts/commands';
import type { DataOf } from '@mealprep360/contracts/define';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { NotYet, Refused } from '../../src/commands.ts';
import { all, ask, here, saga, tell, unfinished, type Saga, type Step } from '../../src/saga.ts';
import { begun, heard, move, refused } from '../../src/saga-engine.ts';
import type { SagaRow } from '../../src/saga-row.ts';
import type { Tx } from '../../src/unit-of-work.ts';

// The home of one saga and its participants, with what lies between them, in one process and without a database:
// sagas are drawn by chance, and so is the order in which things happen to them.

/** `isRefused`: for good, where a step may be; `trouble` is what becomes of the first tries. */
export interface DrawnStep {
  kind: 'here' | 'ask' | 'tell' | 'all';
  hasUndo: boolean;
  isWanted: boolean;
  isRefused: boolean;
  trouble: readonly ('not yet' | 'refused' | 'a part')[];
}
export interface DrawnSaga {
  steps: readonly DrawnStep[];
  /** the number of steps when there is none */
  pivot: number;
  within: number | null;
  perStep: number | null;
}
/** What happens next, and to which of those that it can happen to; `again`: a message is kept, and comes once more. */
interface Turn {
  act: 'move' | 'lose a move' | 'ask' | 'work' | 'answer' | 'wait';
  pick: number;
  again: boolean;
}

const rarely = fc.nat(8).map(number => number === 8);
const stepOf = (...kinds: DrawnStep['kind'][]): fc.Arbitrary<DrawnStep> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    hasUndo: fc.boolean(),
    isWanted: rarely.map(isLeftOut => !isLeftOut),
    isRefused: rarely,
    trouble: fc.array(fc.constantFrom('not yet', 'refused', 'a part'), { maxLength: 2 }),
  });
const limit = (max: number) => fc.option(fc.integer({ min: 1, max }), { freq: 3 });

export const anySaga: fc.Arbitrary<DrawnSaga> = fc
  .record({
    before: fc.array(stepOf('here', 'ask'), { maxLength: 5, size: 'max' }),
    pivot: fc.option(stepOf('here')),
    after: fc.array(stepOf('here', 'tell', 'all'), { maxLength: 3 }),
    within: limit(40),
    perStep: limit(12),
  })
  .map(({ before, pivot, after, ...times }) => ({
    ...times,
    steps: [...before, ...(pivot === null ? [] : [pivot, ...after])],
    pivot: before.length,
  }));

export const anyTurns: fc.Arbitrary<Turn[]> = fc.array(
  fc.record({
    act: fc.constantFrom('move', 'lose a move', 'ask', 'work', 'answer', 'wait'),
    pick: fc.nat(20),
    again: fc.boolean(),
  }),
  { maxLength: 60, size: 'max' },
);

type Request = DataOf<typeof CommandRequested>;
/** A message and who it is for, or who sent it. */
interface Letter<Data> {
  who: string;
  data: Data;
}
interface Work extends Pick<Tx, 'emit' | 'now'> {
  did: (deed: string) => void;
}

const nothing = z.object({});
export const keepers = ['north', 'south', 'west'];
const commandOf = (name: string, to: string) => ({ name, from: 'home', to, input: nothing, reply: nothing });

/** What was drawn as the saga that it stands for. */
function sagaOf({ steps, pivot, within, perStep }: DrawnSaga): Saga<unknown, Work> {
  const built = steps.map((step, index): Step<unknown, Work> => {
    const name = `${index}`;
    const wanted = { when: () => step.isWanted };
    if (step.kind === 'tell') return tell(commandOf(name, name), () => ({}), wanted);
    if (step.kind === 'ask') {
      const undo = step.hasUndo ? { undo: commandOf(`back ${name}`, name) } : {};
      return ask(commandOf(name, name), () => ({}), { ...wanted, ...undo });
    }
    if (step.kind === 'all') {
      const asks = keepers.map(keeper => ask(commandOf(`${name} ${keeper}`, keeper), () => ({})));
      return all(name, asks);
    }
    const undo = (_: unknown, work: Work) => done(work, `undo ${name}`);
    return here(name, runOf(step, index, pivot), {
      ...(step.hasUndo && index < pivot && { undo }),
      pivot: index === pivot,
    });
  });
  return saga('Drawn', { within, perStep }, built);
}

function done(work: Work, deed: string): Promise<void> {
  work.did(deed);
  return Promise.resolve();
}

function runOf(step: DrawnStep, index: number, pivot: number) {
  let tries = 0;
  return (_: unknown, work: Work): Promise<unknown> => {
    const trouble = step.trouble[tries++];
    if (index <= pivot && step.isRefused) return Promise.reject(new Refused('NO', 'no'));
    if (trouble === 'not yet') return Promise.reject(new NotYet('not yet'));
    if (trouble === 'refused' && index > pivot) return Promise.reject(new Refused('LATE', 'too late to refuse'));
    if (trouble === 'a part' && index > pivot) return Promise.resolve(unfinished);
    return done(work, `do ${index}`);
  };
}

/** What can be read of a saga's life. */
export interface Life {
  row: SagaRow;
  /** what was done and taken back, in its order: `do 2`, `undo 2`, `do 5 north` */
  deeds: readonly string[];
  /** the steps taken back, in the order in which that was said */
  saidBack: readonly number[];
  /** the versions of the events that the saga said */
  versions: readonly number[];
  times: (deed: string) => number;
}

/** Lives through a saga: first as the turns say, then all that is under way arrives and everybody does their part. */
export async function live(drawn: DrawnSaga, turns: readonly Turn[]): Promise<Life> {
  const home = homeOf(drawn);
  const others = othersOf(drawn, home);
  for (const { act, pick, again } of turns) {
    if (act === 'wait') home.clock.now += pick;
    else if (act === 'ask') taken(home.requests, pick, again, others.accept);
    else if (act === 'work') others.work(pick);
    else if (act === 'answer') taken(others.answers, pick, again, home.hear);
    else await home.move(act === 'lose a move');
  }
  for (let quiet = 0; quiet < 4; quiet++) {
    const before = [home.row(), home.deeds.length, others.answers.length];
    home.clock.now += 1;
    await home.move(false);
    home.requests.splice(0).forEach(others.accept);
    others.workAll();
    others.answers.splice(0).forEach(home.hear);
    if (!isDeepStrictEqual(before, [home.row(), home.deeds.length, 0]) || home.isWaiting()) quiet = -1;
    if (home.clock.now > 10_000) throw new Error('the saga never ends');
  }
  const { deeds, saidBack, versions } = home;
  return { row: home.row(), deeds, saidBack, versions, times: deed => deeds.filter(done => done === deed).length };
}

/** One of those that lie there, in any order; it stays there when it comes once more later. */
function taken<Each>(those: Each[], pick: number, again: boolean, deliver: (one: Each) => void): void {
  const index = pick % Math.max(1, those.length);
  const [one] = again ? [those[index]] : those.splice(index, 1);
  if (one !== undefined) deliver(one);
}

/** Where the saga lives: moved as the orchestrator moves it, in transactions that commit whole or not at all. */
function homeOf(drawn: DrawnSaga) {
  const declared = sagaOf(drawn);
  const actor = { userId: null, correlationId: 'c', causationId: null, traceparent: null };
  const clock = { now: 0 };
  const [requests, deeds, saidBack, versions] = [
    [] as Letter<Request>[],
    [] as string[],
    [] as number[],
    [] as number[],
  ];
  let row = begun(declared, { id: 's', input: null }, { now: new Date(0), actor });
  const hasEnded = () => row.state === 'COMPLETED' || row.state === 'COMPENSATED';

  const commit = async (change: (work: Work) => Promise<SagaRow>, isLost: boolean): Promise<void> => {
    const said: Letter<Request>[] = [];
    const now = { deeds: [] as string[], saidBack: [] as number[], versions: [] as number[] };
    const next = await change({
      now: new Date(clock.now),
      did: deed => {
        now.deeds.push(deed);
        if (deed.startsWith('undo')) now.saidBack.push(Number(deed.slice(5)));
      },
      emit: ({ eventData, version, to }) => {
        const data = CommandRequested.schema.parse(eventData);
        said.push({ who: to ?? '', data });
        now.versions.push(version);
        if (data.undo) now.saidBack.push(data.step);
      },
    });
    if (hasEnded() && (next !== row || said.length + now.deeds.length > 0))
      throw new Error('a saga went on after its end');
    if (isLost) return;
    row = next;
    requests.push(...said);
    deeds.push(...now.deeds);
    saidBack.push(...now.saidBack);
    versions.push(...now.versions);
  };
  const moveOn = async (isLost: boolean): Promise<void> => {
    try {
      await commit(work => move(row, declared, work), isLost);
    } catch (error) {
      if (error instanceof NotYet) return;
      if (!(error instanceof Refused)) throw error;
      // after the pivot a refusal is an error, and the step is tried again
      if (row.step > drawn.pivot && throws(() => refused(row, declared, error))) return;
      await commit(() => Promise.resolve(refused(row, declared, error)), isLost);
    }
  };
  const hear = ({ who, data }: Letter<DataOf<typeof CommandAnswered>>): void => {
    const next = heard(row, declared, { said: data, from: who, at: new Date(clock.now) });
    if (hasEnded() && next !== row) throw new Error('a saga heard something after its end');
    row = next;
  };
  return {
    clock,
    requests,
    deeds,
    saidBack,
    versions,
    row: () => row,
    isWaiting: () => !hasEnded(),
    move: moveOn,
    hear,
  };
}

const throws = (work: () => unknown): boolean => {
  try {
    work();
    return false;
  } catch {
    return true;
  }
};

/** The participants, by the rules of their tables: each step once, and never after its undo. */
function othersOf({ steps }: DrawnSaga, { clock, deeds }: { clock: { now: number }; deeds: string[] }) {
  const rows = new Map<
    string,
    { state: 'WAITING' | 'DONE' | 'REFUSED' | 'UNDOING' | 'UNDONE'; letter: Letter<Request> }
  >();
  const answers: Letter<DataOf<typeof CommandAnswered>>[] = [];
  const answer = ({ who, data }: Letter<Request>, undo: boolean, isDone = true): void => {
    const said = isDone
      ? { outcome: 'DONE' as const, reply: {}, error: null }
      : { outcome: 'REFUSED' as const, reply: null, error: { code: 'NO', message: 'no' } };
    answers.push({ who, data: { sagaId: data.sagaId, step: data.step, undo, ...said } });
  };
  const accept = (letter: Letter<Request>): void => {
    const key = `${letter.who}:${letter.data.step}`;
    const there = rows.get(key);
    if (!letter.data.undo) {
      if (there === undefined) rows.set(key, { state: 'WAITING', letter });
      else if (there.state === 'DONE' || there.state === 'REFUSED') answer(letter, false, there.state === 'DONE');
    } else if (there?.state === 'DONE') there.state = 'UNDOING';
    else if (there?.state !== 'UNDOING') {
      rows.set(key, { state: 'UNDONE', letter });
      answer(letter, true);
    }
  };
  const work = (pick: number): void => {
    const there = [...rows.values()][pick % Math.max(1, rows.size)];
    if (there?.state === 'UNDOING') {
      deeds.push(`undo ${there.letter.data.step}`);
      there.state = 'UNDONE';
      answer(there.letter, true);
    } else if (there?.state === 'WAITING') {
      const { who, data } = there.letter;
      const step = steps[data.step];
      const isLate = data.deadline !== null && data.deadline.getTime() <= clock.now;
      const isDone = !isLate && !(step?.kind === 'ask' && step.isRefused);
      if (isDone) deeds.push(`do ${data.step}${step?.kind === 'all' ? ` ${who}` : ''}`);
      there.state = isDone ? 'DONE' : 'REFUSED';
      answer(there.letter, false, isDone);
    }
  };
  const workAll = (): void => {
    for (let index = 0; index < rows.size; index++) work(index);
  };
  return { answers, accept, work, workAll };
}
