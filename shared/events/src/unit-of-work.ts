import type { NewEvent } from '@mealprep360/contracts/define';
import type { Collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { inTransaction, isDuplicateKey } from '@mealprep360/mongo/transaction';
import type { ClientSession, mongo } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { reached } from './crash-points.ts';
import { partitionOf, type OutboxRow } from './outbox.ts';
import { anyRows, type AnyRow } from './read-model.ts';
import { BeingSwapped, mayWrite, untilOpen, type Gated } from './swap-gate.ts';
import { entomb, entombedAmong, isEntombed } from './tombstones.ts';

/** On whose behalf something is written, and what it follows from: it goes into every event's envelope. */
export interface Actor {
  userId: string | null;
  correlationId: string;
  causationId: string | null;
  traceparent: string | null;
}

type LaterWrite = mongo.AnyBulkWriteOperation<AnyRow>;

interface Aggregate {
  aggregateType: string;
  aggregateId: string;
}

/** One transaction over one service's database, as the code inside it sees it. */
export interface Tx {
  db: Database;
  session: ClientSession;
  actor: Actor;
  /** the database's clock at the start of this attempt */
  now: Date;
  /**
   * Says an event: it is written when the transaction commits, or not at all. `sealed` stays with the owner; the data
   * of one that is `erased` is not written at all, and whoever hears it knows that its aggregate is gone.
   */
  emit: (event: NewEvent, extra?: { sealed?: Buffer; erased?: boolean }) => void;
  /** Marks an aggregate as gone for ever. */
  entomb: (aggregateType: string, aggregateId: string) => void;
  isEntombed: (aggregateType: string, aggregateId: string) => Promise<boolean>;
  /** Looks for many tombstones at once: `isEntombed` then knows of them. */
  lookForGraves: (aggregates: readonly Aggregate[]) => Promise<void>;
  /** Writes this together with others of its collection: at the end, or when somebody is to read what is written. */
  later: (to: { name: string }, write: LaterWrite) => void;
  /** Writes what waits to be written. */
  writeNow: () => Promise<void>;
  /** To be called before a read model is written to: the transaction waits while that is being swapped. */
  writing: (model: Gated) => Promise<void>;
}

/**
 * Runs `work` and writes all it changed and said in one transaction. `work` may run more than once, so it does
 * nothing outside the database. Throws VersionConflict when another writer keeps taking the aggregate's version.
 */
export type Commit<Work = Tx> = <Result>(
  actor: Actor,
  work: (work: Work) => Result | Promise<Result>,
) => Promise<Result>;

/** The same for several actors in one transaction: a reader of events applies many at once, each in its own name. */
export type CommitMany = <Result>(work: (as: (actor: Actor) => Tx) => Result | Promise<Result>) => Promise<Result>;

/** Another writer committed the same version of the aggregate, again and again. */
export class VersionConflict extends Error {
  constructor(events: readonly OutboxRow[], cause: unknown) {
    const versions = events.map(event => `${event.aggregateType} ${event.aggregateId} version ${event.version}`);
    super(`another writer was first: ${versions.join(', ')}`, { cause });
    this.name = 'VersionConflict';
  }
}

const ATTEMPTS = 5;

/** `committed` is called after each commit that said something. */
export function unitOfWork(db: Database, outbox: Collection<OutboxRow>, committed: () => void): CommitMany {
  return async work => {
    for (let attempt = 1; ;) {
      try {
        const { result, said } = await inTransaction(db, session => attemptOnce(db, outbox, session, work));
        if (said) {
          reached('commit.committed');
          committed();
        }
        return result;
      } catch (error) {
        if (error instanceof BeingSwapped) {
          await untilOpen(db, error.model);
          continue;
        }
        const rivalWasFirst = error instanceof VersionConflict || isDuplicateKey(error);
        if (!rivalWasFirst || attempt === ATTEMPTS) throw error;
        await pause(Math.random() * 10 * attempt++);
      }
    }
  };
}

/** One unit of work with one actor. */
export const commitAs =
  (commitMany: CommitMany): Commit =>
  (actor, work) =>
    commitMany(as => work(as(actor)));

async function attemptOnce<Result>(
  db: Database,
  outbox: Collection<OutboxRow>,
  session: ClientSession,
  work: (as: (actor: Actor) => Tx) => Result | Promise<Result>,
): Promise<{ result: Result; said: boolean }> {
  const now = await databaseClock(db, session);
  const rows: OutboxRow[] = [];
  const graves: Aggregate[] = [];
  // of the snapshot, so they stay what they are to the end of the transaction
  const lookedAt = new Map<string, boolean>();
  const writable = new Set<string>();
  const waiting = new Map<string, LaterWrite[]>();
  const writeNow = async (): Promise<void> => {
    for (const [name, writes] of waiting) await anyRows(db, name).bulkWrite(writes, { session });
    waiting.clear();
  };
  const as = (actor: Actor): Tx => ({
    db,
    session,
    actor,
    now,
    emit: (event, extra) => rows.push(outboxRow(event, actor, now, extra)),
    entomb: (aggregateType, aggregateId) => graves.push({ aggregateType, aggregateId }),
    isEntombed: async (aggregateType, aggregateId) =>
      graves.some(grave => grave.aggregateType === aggregateType && grave.aggregateId === aggregateId) ||
      (lookedAt.get(`${aggregateType}:${aggregateId}`) ?? (await isEntombed(db, aggregateType, aggregateId, session))),
    lookForGraves: async aggregates => {
      for (const type of new Set(aggregates.map(({ aggregateType }) => aggregateType))) {
        const ids = aggregates.filter(one => one.aggregateType === type).map(({ aggregateId }) => aggregateId);
        const found = await entombedAmong(db, type, ids, session);
        for (const id of ids) lookedAt.set(`${type}:${id}`, found.has(id));
      }
    },
    later: ({ name }, write) => void waiting.set(name, [...(waiting.get(name) ?? []), write]),
    writeNow,
    writing: async model => {
      if (writable.has(model.name)) return;
      await mayWrite(db, model, session);
      writable.add(model.name);
    },
  });
  const result = await work(as);
  await writeNow();
  await entomb(db, graves, session);
  if (rows.length > 0) await insert(db, outbox, session, rows);
  reached('commit.written');
  return { result, said: rows.length > 0 };
}

/** What the database's clock shows. */
export async function databaseClock(db: Database, session?: ClientSession): Promise<Date> {
  const [row] = await db.connection
    .getClient()
    .db(db.name)
    .aggregate<{ now: Date }>([{ $documents: [{ now: '$$NOW' }] }], session ? { session } : {})
    .toArray();
  if (row === undefined) throw new Error('the database did not tell its time');
  return row.now;
}

async function insert(
  db: Database,
  outbox: Collection<OutboxRow>,
  session: ClientSession,
  rows: OutboxRow[],
): Promise<void> {
  try {
    await db.raw(outbox).insertMany(rows, { session });
  } catch (error) {
    throw isDuplicateKey(error) ? new VersionConflict(rows, error) : error;
  }
}

const outboxRow = (
  event: NewEvent,
  actor: Actor,
  now: Date,
  { sealed, erased = false }: { sealed?: Buffer; erased?: boolean } = {},
): OutboxRow => ({
  _id: newId(),
  ...event,
  ...(erased && { eventData: null }),
  partition: partitionOf(event.aggregateId),
  timestamp: now,
  ...actor,
  erased,
  seq: null,
  sentAt: null,
  ...(sealed && { sealed }),
});
