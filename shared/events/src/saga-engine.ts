import { CommandRequested, type CommandAnswered } from '@mealprep360/contracts/commands';
import type { DataOf } from '@mealprep360/contracts/define';
import { reached } from './crash-points.ts';
import { answersOf, isPastPivot, unfinished, type Saga, type Step } from './saga.ts';
import { sagaRows, type SagaRow } from './saga-row.ts';
import type { Tx } from './unit-of-work.ts';

/**
 * Starts a saga in the transaction at hand: its own first steps are done in it, up to the first that asks another
 * service. The id is the caller's: a saga that was started with it before stays as it is.
 */
export async function startSaga<Input, Work extends Tx>(
  work: Work,
  saga: Saga<Input, Work>,
  { id, input }: { id: string; input: Input },
): Promise<void> {
  const rows = work.db.raw(sagaRows);
  const { session } = work;
  if (await rows.findOne({ _id: id }, { session, projection: { _id: 1 } })) return;
  await rows.insertOne(await goOn(begun(saga, { id, input }, work), saga, work), { session });
}

/** A saga of which nothing is done yet. */
export const begun = <Input, Work>(
  saga: Saga<Input, Work>,
  { id, input }: { id: string; input: Input },
  { now, actor }: Pick<Tx, 'now' | 'actor'>,
): SagaRow => ({
  ...{ _id: id, type: saga.type, state: 'RUNNING', turn: 'OURS', step: 0, input, replies: {}, failure: null },
  ...{ undoing: [], stepDeadline: null, deadline: later(now, saga.within), version: 0, actor },
  ...{ alarmAt: later(now, saga.alarmAfter), alarmedAt: null, createdAt: now, updatedAt: now },
});

/** What a move needs of its transaction. */
type Saying = Pick<Tx, 'emit' | 'now'>;

const later = (now: Date, milliseconds: number | null): Date | null =>
  milliseconds === null ? null : new Date(now.getTime() + milliseconds);

/** Makes the orchestrator's move: on to the next question or the end, back when it failed or is out of time. */
export async function move<Work extends Saying>(row: SagaRow, saga: Saga<unknown, Work>, work: Work): Promise<SagaRow> {
  if (row.state === 'RUNNING') {
    const limit = row.turn === 'THEIRS' ? row.stepDeadline : row.deadline;
    const isLate = limit !== null && limit <= work.now && !isPastPivot(saga, row.step);
    if (isLate) return goBack(outOfTime(row, saga), saga, work);
    if (row.turn === 'OURS') return goOn(row, saga, work);
  }
  if (row.state === 'COMPENSATING' && row.turn === 'OURS') return goBack(row, saga, work);
  return row;
}

/** The saga after the step that it stands at was refused. Throws when that is past the pivot: it is tried again. */
export function refused<Work>(
  row: SagaRow,
  saga: Saga<unknown, Work>,
  { code, message }: { code: string; message: string },
): SagaRow {
  if (isPastPivot(saga, row.step)) throw refusedLate(stepOf(saga, row.step).name, saga.type, message);
  // the step wrote nothing: what stands before it is taken back
  return failed(row, { code, message, step: row.step }, row.step - 1);
}

const refusedLate = (step: string, by: string, why: string): Error =>
  new Error(`${by} refused ${step}, which nobody may after the pivot: ${why}`);

/** A participant's answer, with who it is and when that was heard. */
export interface Heard {
  said: DataOf<typeof CommandAnswered>;
  from: string;
  at: Date;
}

/** The saga after a participant answered; unchanged by an answer that it no longer waits for. */
export function heard<Work>(row: SagaRow, saga: Saga<unknown, Work>, { said, from, at }: Heard): SagaRow {
  if (said.undo) return undone(row, saga, said);
  const step = saga.steps[row.step];
  if (row.state !== 'RUNNING' || row.turn !== 'THEIRS' || row.step !== said.step || step === undefined) return row;
  const { name } = step;
  if (step.kind === 'all') {
    if (said.outcome === 'REFUSED') throw refusedLate(name, from, said.error?.message ?? 'no reason');
    const answers = { ...answersOf(name, row.replies), [from]: { at, reply: said.reply } };
    const replies = { ...row.replies, [name]: answers };
    const isLast = step.asks.every(({ to }) => to in answers);
    return { ...row, replies, ...(isLast && { turn: 'OURS', step: row.step + 1 }) };
  }
  if (said.outcome === 'REFUSED') {
    return refused(row, saga, said.error ?? { code: 'REFUSED', message: `${name} was refused` });
  }
  const replies = { ...row.replies, [name]: said.reply };
  return { ...row, turn: 'OURS', stepDeadline: null, step: row.step + 1, replies };
}

function undone<Work>(row: SagaRow, saga: Saga<unknown, Work>, said: DataOf<typeof CommandAnswered>): SagaRow {
  if (!row.undoing.includes(said.step)) return row;
  if (said.outcome === 'REFUSED') {
    throw new Error(`the undo of ${stepOf(saga, said.step).name} was refused, which no undo may be`);
  }
  const undoing = row.undoing.filter(step => step !== said.step);
  return { ...row, undoing, state: undoing.length === 0 ? 'COMPENSATED' : row.state };
}

/** The saga on its way back, from a step on. */
export const failed = (row: SagaRow, failure: SagaRow['failure'], step: number): SagaRow => ({
  ...row,
  state: 'COMPENSATING',
  turn: 'OURS',
  stepDeadline: null,
  failure,
  step,
});

// A participant that did not answer in time may still have done it, or be about to: its undo is sent, too.
function outOfTime<Work>(row: SagaRow, saga: Saga<unknown, Work>): SagaRow {
  const name = saga.steps[row.step]?.name ?? saga.type;
  const failure = { code: 'DEADLINE', message: `${name} was not done in time`, step: row.step };
  return failed(row, failure, row.turn === 'THEIRS' ? row.step : row.step - 1);
}

async function goOn<Work extends Saying>(before: SagaRow, saga: Saga<unknown, Work>, work: Work): Promise<SagaRow> {
  const row = { ...before };
  for (; row.step < saga.steps.length; row.step++) {
    const step = stepOf(saga, row.step);
    if (step.kind === 'here') {
      const result = await step.run(viewOf(row), work);
      reached('saga.here', step.name);
      if (result === unfinished && !isPastPivot(saga, row.step)) {
        throw new Error(`${saga.type}: ${step.name} stands before the pivot, or is it, and must be done in one go`);
      }
      if (result === unfinished) return { ...row, turn: 'OURS' };
    } else if (step.kind === 'all') {
      for (const one of step.asks) say(row, one, { command: one.name, undo: false, deadline: null }, work);
      return { ...row, turn: 'THEIRS', stepDeadline: null };
    } else if (step.when(row.input)) {
      const deadline = step.kind === 'ask' ? earlier(later(work.now, saga.perStep), row.deadline) : null;
      say(row, step, { command: step.name, undo: false, deadline }, work);
      if (step.kind === 'ask') return { ...row, turn: 'THEIRS', stepDeadline: deadline };
    }
  }
  return { ...row, state: 'COMPLETED', alarmAt: null };
}

const earlier = (one: Date | null, other: Date | null): Date | null =>
  one !== null && other !== null && other < one ? other : (one ?? other);

// All undos are asked for at once, the last step's first. That each will be done is sure, so none waits for another:
// what this room shows of the saga is taken back in time, also while a participant is away.
async function goBack<Work extends Saying>(before: SagaRow, saga: Saga<unknown, Work>, work: Work): Promise<SagaRow> {
  const row = { ...before };
  const undoing: number[] = [];
  for (; row.step >= 0; row.step--) {
    const step = stepOf(saga, row.step);
    if (step.kind === 'here') {
      await step.undo?.(viewOf(row), work);
      reached('saga.undo-here', step.name);
    } else if (step.kind !== 'all' && step.undo !== null && step.when(row.input)) {
      say(row, step, { command: step.undo, undo: true, deadline: null }, work);
      undoing.push(row.step);
    }
  }
  return undoing.length === 0 ? { ...row, state: 'COMPENSATED' } : { ...row, turn: 'THEIRS', undoing };
}

/** Asks a participant for the step that the saga stands at. */
export function say<Work extends Saying>(
  row: SagaRow,
  step: Extract<Step<unknown, Work>, { kind: 'ask' | 'tell' }>,
  what: { command: string; undo: boolean; deadline: Date | null },
  work: Work,
): void {
  row.version += 1;
  const input = step.input(row.input, viewOf(row));
  work.emit(CommandRequested.of(row._id, row.version, { sagaId: row._id, step: row.step, input, ...what }, step.to));
  reached(what.undo ? 'saga.undo-asked' : 'saga.asked', step.name);
}

const viewOf = ({ _id, input, replies, failure }: SagaRow) => ({ id: _id, input, replies, failure });

export function stepOf<Work>(saga: Saga<unknown, Work>, index: number): Step<unknown, Work> {
  const step = saga.steps[index];
  if (step === undefined) throw new Error(`${saga.type} has no step ${index}`);
  return step;
}
