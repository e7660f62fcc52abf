import type { ClientSession } from 'mongoose';
import type { Database } from './database.ts';

const options = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority' },
  readPreference: 'primary',
} as const;

/**
 * Runs `work` in one transaction: snapshot reads, majority writes. The driver runs it again after a transient error
 * (a write conflict, a step-down), so it must do nothing outside the database.
 */
export async function inTransaction<Result>(
  db: Database,
  work: (session: ClientSession) => Promise<Result>,
): Promise<Result> {
  const session = await db.connection.startSession();
  try {
    return await session.withTransaction(() => work(session), { ...options, timeoutMS: 10_000 });
  } finally {
    await session.endSession();
  }
}

/** Whether a write was refused since a unique index holds that key already. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 11000;
