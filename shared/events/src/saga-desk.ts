import type { Database } from '@mealprep360/mongo/database';
import { NotDone, partOf, type Operator, type Part } from './operator.ts';
import { answersOf, isPastPivot, type Saga } from './saga.ts';
import { failed, say, stepOf } from './saga-engine.ts';
import { sagaRows, type SagaRow } from './saga-row.ts';
import type { Commit, Tx } from './unit-of-work.ts';

export interface SagaFilter {
  states: readonly SagaRow['state'][];
  type?: string | undefined;
}

/** What an operator can do about sagas. */
export interface SagaDesk {
  /** `after` is the id of the last one seen. */
  list: (filter: SagaFilter, limit: number, after?: string) => Promise<Part<SagaRow>>;
  /** Null when there is none. */
  find: (id: string) => Promise<SagaRow | null>;
  /** The name of the step that a saga stands at; null behind its last. */
  stepName: (row: SagaRow) => string | null;
  /**
   * Tries the orchestrator's step at once, or asks the participants again that have not answered; nothing is done
   * twice. Throws NotDone when the saga has ended.
   */
  retry: (id: string, operator: Operator) => Promise<SagaRow>;
  /** Has a saga taken back. Throws NotDone when it is past its pivot, or being taken back already. */
  forceCompensate: (id: string, operator: Operator & { reason: string }) => Promise<SagaRow>;
}

interface DeskOptions<Work> {
  db: Database;
  commit: Commit;
  work: (tx: Tx) => Work;
  sagas: readonly Saga<unknown, Work>[];
  nudge: () => void;
}

export function sagaDesk<Work extends Tx>({ db, commit, work, sagas, nudge }: DeskOptions<Work>): SagaDesk {
  const rows = () => db.raw(sagaRows);
  const sagaOf = ({ type }: SagaRow) => sagas.find(saga => saga.type === type);
  const change = async (
    id: string,
    action: string,
    operator: Operator,
    how: (row: SagaRow, saga: Saga<unknown, Work>, work: Work) => SagaRow,
  ): Promise<SagaRow> => {
    const there = await rows().findOne({ _id: id });
    if (there === null) throw new NotDone(`There is no saga ${id} here.`);
    const changed = await commit(there.actor, async tx => {
      const row = await tx.db.raw(sagaRows).findOne({ _id: id }, { session: tx.session });
      const saga = row && sagaOf(row);
      if (!row || !saga) throw new NotDone(`A saga ${there.type} is unknown to this version of the service.`);
      const { _id, ...next } = how({ ...row }, saga, work(tx));
      const operatorActions = [...(row.operatorActions ?? []), { action, ...operator, at: tx.now }];
      await tx.db
        .raw(sagaRows)
        .replaceOne({ _id }, { ...next, operatorActions, updatedAt: tx.now }, { session: tx.session });
      return { _id, ...next, operatorActions };
    });
    nudge();
    return changed;
  };
  return {
    list: async ({ states, type }, limit, after = '') => {
      const found = rows().find({ state: { $in: [...states] }, ...(type && { type }), _id: { $gt: after } });
      return partOf(
        await found
          .sort({ _id: 1 })
          .limit(limit + 1)
          .toArray(),
        limit,
      );
    },
    find: id => rows().findOne({ _id: id }),
    stepName: row => sagaOf(row)?.steps[row.step]?.name ?? null,
    retry: (id, operator) => change(id, 'retry', operator, sayAgain),
    forceCompensate: (id, operator) => change(id, 'force-compensate', operator, forcedBack),
  };
}

// A participant that has answered answers again, and one that is at it goes on: asking twice does nothing twice.
function sayAgain<Work extends Tx>(row: SagaRow, saga: Saga<unknown, Work>, work: Work): SagaRow {
  if (row.state === 'COMPLETED' || row.state === 'COMPENSATED') {
    throw new NotDone(`The saga ${row._id} has ended (${row.state}): there is nothing to try again.`);
  }
  if (row.turn === 'OURS') return row;
  if (row.state === 'COMPENSATING') {
    for (const index of row.undoing) {
      const step = stepOf(saga, index);
      if (step.kind !== 'ask' || step.undo === null) continue;
      const there = { ...row, step: index };
      say(there, step, { command: step.undo, undo: true, deadline: null }, work);
      row.version = there.version;
    }
    return row;
  }
  const step = stepOf(saga, row.step);
  const { stepDeadline: deadline } = row;
  if (step.kind === 'ask') say(row, step, { command: step.name, undo: false, deadline }, work);
  if (step.kind === 'all') {
    const answered = answersOf(step.name, row.replies);
    for (const one of step.asks.filter(({ to }) => !(to in answered))) {
      say(row, one, { command: one.name, undo: false, deadline: null }, work);
    }
  }
  return row;
}

function forcedBack<Work>(row: SagaRow, saga: Saga<unknown, Work>): SagaRow {
  const pivot = saga.steps.findIndex(step => step.kind === 'here' && step.pivot);
  const name = saga.steps[pivot]?.name ?? '';
  if (row.state === 'COMPLETED' || (isPastPivot(saga, row.step) && row.state === 'RUNNING')) {
    const why = pivot < 0 ? 'it has completed' : `it is past its point of no return (${name})`;
    throw new NotDone(`The saga ${row._id} (${saga.type}) cannot be taken back: ${why}. It only goes forward now.`);
  }
  if (row.state !== 'RUNNING')
    throw new NotDone(`The saga ${row._id} is being taken back already, or was (${row.state}).`);
  // the operator's reason is not for those who see what failed
  const failure = { code: 'TAKEN_BACK', message: `${saga.type} was taken back by an operator`, step: row.step };
  // who was asked may have done it, or be about to: it is undone, too
  return failed(row, failure, row.turn === 'THEIRS' ? row.step : row.step - 1);
}
