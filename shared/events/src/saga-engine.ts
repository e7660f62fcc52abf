import { CommandRequested, type CommandAnswered } from '@mealprep360/contracts/commands';
import type { DataOf } from '@mealprep360/contracts/define';
import { reached } from './crash-points.ts';
import { answersOf, unfinished, type Saga, type Step } from './saga.ts';
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
  const { session, now, actor } = work;
  if (await rows.findOne({ _id: id }, { session, projection: { _id: 1 } })) return;
  const row: SagaRow = {
    ...{ _id: id, type: saga.type, state: 'RUNNING', turn: 'OURS', step: 0, input, replies: {}, failure: null },
    ...{ undoing: [], stepDeadline: null, deadline: later(now, saga.within), version: 0, actor },
    ...{ alarmAt: later(now, saga.alarmAfter), alarmedAt: null, createdAt: now, updatedAt: now },
  };
  await rows.insertOne(await goOn(row, saga, work), { session });
}

const later = (now: Date, milliseconds: number | null): Date | null =>
  milliseconds === null ? null : new Date(now.getTime() + milliseconds);

/** Makes the orchestrator's move: on to the next question or the end, back when it failed or is out of time. */
export async function move<Work extends Tx>(row: SagaRow, saga: Saga<unknown, Work>, work: Work): Promise<SagaRow> {
  if (row.state === 'RUNNING') {
    const limit = row.turn === 'THEIRS' ? row.stepDeadline : row.deadline;
    if (limit && limit <= work.now) return goBack(outOfTime(row, saga), saga, work);
    if (row.turn === 'OURS') return goOn(row, saga, work);
  }
  if (row.state === 'COMPENSATING' && row.turn === 'OURS') return goBack(row, saga, work);
  return row;
}

/** The saga after a step of its own was refused. */
export const refused = (row: SagaRow, code: string, message: string): SagaRow =>
  // the step wrote nothing: what stands before it is taken back
  failed(row, { code, message, step: row.step }, row.step - 1);

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
    if (said.outcome === 'REFUSED') throw new Error(`${from} refused ${name}, which nobody may after the pivot`);
    const answers = { ...answersOf(name, row.replies), [from]: { at, reply: said.reply } };
    const replies = { ...row.replies, [name]: answers };
    const isLast = step.asks.every(({ to }) => to in answers);
    return { ...row, replies, ...(isLast && { turn: 'OURS', step: row.step + 1 }) };
  }
  if (said.outcome === 'REFUSED') {
    const { code, message } = said.error ?? { code: 'REFUSED', message: `${name} was refused` };
    return refused(row, code, message);
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

async function goOn<Work extends Tx>(before: SagaRow, saga: Saga<unknown, Work>, work: Work): Promise<SagaRow> {
  const row = { ...before };
  for (; row.step < saga.steps.length; row.step++) {
    const step = stepOf(saga, row.step);
    if (step.kind === 'here') {
      const result = await step.run(viewOf(row), work);
      reached('saga.here', step.name);
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
async function goBack<Work extends Tx>(before: SagaRow, saga: Saga<unknown, Work>, work: Work): Promise<SagaRow> {
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
export function say<Work extends Tx>(
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
