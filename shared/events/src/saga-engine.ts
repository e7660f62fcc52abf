import { CommandRequested, type CommandAnswered } from '@mealprep360/contracts/commands';
import type { DataOf } from '@mealprep360/contracts/define';
import { reached } from './crash-points.ts';
import type { Saga, Step } from './saga.ts';
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
    ...{ undoing: [], stepDeadline: null, deadline: new Date(now.getTime() + saga.within), version: 0, actor },
    ...{ createdAt: now, updatedAt: now },
  };
  await rows.insertOne(await goOn(row, saga, work), { session });
}

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

/** The saga after a participant answered; unchanged by an answer that it no longer waits for. */
export function heard<Work>(row: SagaRow, saga: Saga<unknown, Work>, said: DataOf<typeof CommandAnswered>): SagaRow {
  if (said.undo) return undone(row, saga, said);
  const name = saga.steps[row.step]?.name;
  if (row.state !== 'RUNNING' || row.turn !== 'THEIRS' || row.step !== said.step || name === undefined) return row;
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

const failed = (row: SagaRow, failure: SagaRow['failure'], step: number): SagaRow => ({
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
      await step.run(viewOf(row), work);
      reached('saga.here', step.name);
    } else if (step.when(row.input)) {
      const ends = Math.min(work.now.getTime() + saga.perStep, row.deadline.getTime());
      const deadline = step.kind === 'ask' ? new Date(ends) : null;
      say(row, step, { command: step.name, undo: false, deadline }, work);
      if (step.kind === 'ask') return { ...row, turn: 'THEIRS', stepDeadline: deadline };
    }
  }
  return { ...row, state: 'COMPLETED' };
}

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
    } else if (step.undo !== null && step.when(row.input)) {
      say(row, step, { command: step.undo, undo: true, deadline: null }, work);
      undoing.push(row.step);
    }
  }
  return undoing.length === 0 ? { ...row, state: 'COMPENSATED' } : { ...row, turn: 'THEIRS', undoing };
}

function say<Work extends Tx>(
  row: SagaRow,
  step: Exclude<Step<unknown, Work>, { kind: 'here' }>,
  what: { command: string; undo: boolean; deadline: Date | null },
  work: Work,
): void {
  row.version += 1;
  const input = step.input(row.input, viewOf(row));
  work.emit(CommandRequested.of(row._id, row.version, { sagaId: row._id, step: row.step, input, ...what }, step.to));
  reached(what.undo ? 'saga.undo-asked' : 'saga.asked', step.name);
}

const viewOf = ({ _id, input, replies, failure }: SagaRow) => ({ id: _id, input, replies, failure });

function stepOf<Work>(saga: Saga<unknown, Work>, index: number): Step<unknown, Work> {
  const step = saga.steps[index];
  if (step === undefined) throw new Error(`${saga.type} has no step ${index}`);
  return step;
}
