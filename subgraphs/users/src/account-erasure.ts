import { keepers } from '@mealprep360/contracts/commands';
import { startSaga } from '@mealprep360/events/saga-engine';
import { answersOf } from '@mealprep360/events/saga';
import { sagaRows, type SagaRow } from '@mealprep360/events/saga-row';
import { Fault, fault } from '@mealprep360/service/fault';
import { randomUUID } from 'node:crypto';
import type { Context } from './context.ts';
import { countRecords, type Erasure } from './erasure.ts';
import { announceNow } from './revocations.ts';
import { eraseUser } from './sagas/erase-user.ts';
import { endSessions, liveSession } from './sessions.ts';

/** How far an erasure is, in all services. */
export interface ErasureReport {
  id: string;
  status: 'RUNNING' | 'SUCCEEDED';
  requestedAt: Date;
  completedAt: Date | null;
  steps: {
    service: string;
    status: 'PENDING' | 'RUNNING' | 'SUCCEEDED';
    recordsErased: number | null;
    recordsAnonymised: number | null;
    finishedAt: Date | null;
  }[];
}

/**
 * Closes the account at once, with all its sessions, and starts its erasure; asked again, the same erasure. The
 * password was checked before. Throws a Fault UNAUTHENTICATED when the session has ended.
 */
export async function eraseAccount(context: Context, userId: string): Promise<ErasureReport> {
  const id = randomUUID();
  try {
    const ended = await context.commit(async work => {
      if ((await liveSession(work, userId, context.viewer.sessionId)) === null) {
        throw fault('UNAUTHENTICATED', 'This session has ended. Sign in again.');
      }
      const input: Erasure = { userId, records: await countRecords(work, userId) };
      const sessionIds = await endSessions(work, { userId });
      await startSaga(work, eraseUser, { id, input });
      return sessionIds;
    });
    await announceNow(context, ended);
  } catch (error) {
    // somebody else's request may have been faster
    const started = error instanceof Fault ? await erasureOf(context, userId) : null;
    if (started !== null) return started;
    throw error;
  }
  const report = await erasureById(context, id);
  if (report === null) throw new Error(`the erasure ${id} was not written`);
  return report;
}

/** The erasure of this user, once it was asked for. */
export async function erasureOf({ db }: Context, userId: string): Promise<ErasureReport | null> {
  const row = await db.raw(sagaRows).findOne({ 'actor.userId': userId, type: eraseUser.type });
  return row && reportOf(row);
}

/** Null when there is none of this id. */
export async function erasureById({ loaders }: Context, id: string): Promise<ErasureReport | null> {
  const row = await loaders.saga.load(id);
  return row?.type === eraseUser.type ? reportOf(row) : null;
}

const everywhere = eraseUser.steps.findIndex(({ kind }) => kind === 'all');

function reportOf(row: SagaRow): ErasureReport {
  const isDone = row.state === 'COMPLETED';
  const completedAt = isDone ? row.updatedAt : null;
  const { records } = row.input as Erasure;
  const own = {
    service: 'users',
    status: isDone ? ('SUCCEEDED' as const) : ('RUNNING' as const),
    recordsErased: isDone ? records : null,
    recordsAnonymised: isDone ? 0 : null,
    finishedAt: completedAt,
  };
  const asked = row.step < everywhere ? ('PENDING' as const) : ('RUNNING' as const);
  const answers = answersOf(eraseUser.steps[everywhere]?.name ?? '', row.replies);
  const others = keepers.map(service => {
    const answer = answers[service];
    if (answer === undefined) {
      return { service, status: asked, recordsErased: null, recordsAnonymised: null, finishedAt: null };
    }
    const counts = answer.reply as { recordsErased: number; recordsAnonymised: number };
    return { service, status: 'SUCCEEDED' as const, ...counts, finishedAt: answer.at };
  });
  return { id: row._id, status: own.status, requestedAt: row.createdAt, completedAt, steps: [own, ...others] };
}
