import type { CommandAnswered } from '@mealprep360/contracts/commands';
import type { DataOf } from '@mealprep360/contracts/define';
import type { Database } from '@mealprep360/mongo/database';
import type { Logger } from 'pino';
import { Refused } from './commands.ts';
import { reached } from './crash-points.ts';
import { loop } from './loop.ts';
import type { Saga } from './saga.ts';
import { heard, move, refused } from './saga-engine.ts';
import { sagaRows, type SagaRow } from './saga-row.ts';
import { isTransient } from './transient.ts';
import type { Commit, Tx } from './unit-of-work.ts';

interface OrchestratorOptions<Work> {
  db: Database;
  commit: Commit;
  work: (tx: Tx) => Work;
  sagas: readonly Saga<unknown, Work>[];
  logger: Logger;
}

export interface Orchestrator {
  /** Notes a participant's answer, with the checkpoint; the next move is made later, in a transaction of its own. */
  hear: (speaker: string, answer: DataOf<typeof CommandAnswered>, tx: Tx) => Promise<void>;
  nudge: () => void;
  stop: () => Promise<void>;
}

const AGAIN = 200;
const POLL = 1000;
/** While no saga goes on: what this process starts nudges, so only another process's, ended before its time, waits. */
const IDLE = 5000;
const AT_ONCE = 8;

/** Moves the sagas of a service on: all they need to go on is in the database, also after a crash. */
export function startOrchestrator<Work extends Tx>(options: OrchestratorOptions<Work>): Orchestrator {
  const { db, sagas, logger } = options;
  const byType = new Map(sagas.map(saga => [saga.type, saga]));

  const attempt = async (row: SagaRow): Promise<void> => {
    const saga = byType.get(row.type);
    if (saga === undefined) return;
    try {
      await advance(options, saga, row);
    } catch (error) {
      if (isTransient(error)) return;
      logger.error({ err: error, saga: row.type, sagaId: row._id, step: row.step }, 'a step of a saga failed');
    }
  };
  const pass = async (): Promise<number> => {
    if (byType.size === 0 || !db.isReady()) return POLL;
    const rows = await due(db, [...byType.keys()]);
    for (let first = 0; first < rows.length; first += AT_ONCE) {
      await Promise.all(rows.slice(first, first + AT_ONCE).map(attempt));
    }
    if (rows.length > 0) return AGAIN;
    await alarm(options);
    return (await isAnyOpen(db)) ? POLL : IDLE;
  };
  const running = loop(pass, error => {
    logger.debug({ err: error }, 'sagas wait');
    return POLL;
  });
  return {
    hear: async (speaker, answer, tx) => {
      const { session } = tx;
      const row = await tx.db.raw(sagaRows).findOne({ _id: answer.sagaId }, { session });
      const saga = row && byType.get(row.type);
      if (!row || !saga) return;
      const next = heard(row, saga, { said: answer, from: speaker, at: tx.now });
      if (next === row) return;
      await save(next, tx);
      reached(answer.undo ? 'saga.undo-heard' : 'saga.heard', saga.steps[answer.step]?.name);
    },
    nudge: running.nudge,
    stop: running.stop,
  };
}

const isAnyOpen = async (db: Database): Promise<boolean> =>
  (await db.raw(sagaRows).findOne({ state: { $in: ['RUNNING', 'COMPENSATING'] } }, { projection: { _id: 1 } })) !==
  null;

/** The sagas whose next move is ours, and those whose participant did not answer in time. */
const due = (db: Database, types: string[]): Promise<SagaRow[]> =>
  db
    .raw(sagaRows)
    .find({
      type: { $in: types },
      $or: [
        { state: { $in: ['RUNNING', 'COMPENSATING'] }, turn: 'OURS' },
        { state: 'RUNNING', turn: 'THEIRS', stepDeadline: { $type: 'date' }, $expr: inThePast('$stepDeadline') },
      ],
    })
    .toArray();

const inThePast = (field: string) => ({ $lte: [field, '$$NOW'] });

/** Tells once of each saga that has no deadline and takes longer than it should. */
async function alarm({ db, logger }: Pick<OrchestratorOptions<unknown>, 'db' | 'logger'>): Promise<void> {
  const late = { state: 'RUNNING', alarmAt: { $type: 'date' }, $expr: inThePast('$alarmAt') } as const;
  const told = [{ $set: { alarmAt: null, alarmedAt: '$$NOW' } }];
  for (;;) {
    const row = await db.raw(sagaRows).findOneAndUpdate(late, told);
    if (row === null) return;
    logger.warn({ saga: row.type, sagaId: row._id, step: row.step, since: row.createdAt }, 'a saga takes too long');
  }
}

async function advance<Work extends Tx>(
  { commit, work }: OrchestratorOptions<Work>,
  saga: Saga<unknown, Work>,
  candidate: SagaRow,
): Promise<void> {
  const inTransaction = (change: (row: SagaRow, work: Work) => Promise<SagaRow>): Promise<void> =>
    commit(candidate.actor, async tx => {
      const { _id, state, turn, step } = candidate;
      const row = await tx.db.raw(sagaRows).findOne({ _id, state, turn, step }, { session: tx.session });
      if (row) await save(await change(row, work(tx)), tx);
    });
  try {
    await inTransaction((row, inWork) => move(row, saga, inWork));
    reached('saga.moved', saga.steps[candidate.step]?.name);
  } catch (error) {
    // what the step had written by then is gone with its transaction
    if (!(error instanceof Refused) || candidate.state !== 'RUNNING') throw error;
    await inTransaction(row => Promise.resolve(refused(row, saga, error)));
  }
}

async function save({ _id, ...row }: SagaRow, { db, session, now }: Tx): Promise<void> {
  await db.raw(sagaRows).replaceOne({ _id }, { ...row, updatedAt: now }, { session });
}
