import { UnreadableEvent } from '@mealprep360/contracts/define';
import type { Database } from '@mealprep360/mongo/database';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Ask } from './history.ts';
import { hold, release } from './lease.ts';
import { backoff, loop } from './loop.ts';
import { NotDone } from './operator.ts';
import { FIRST_REVISION, readModels, type ReadModel, type ReadModelRow, type Rebuild } from './read-model.ts';
import { dropTargets, rebuild, type Rebuilt } from './rebuild.ts';

/** What an operator can have made anew. */
export interface ReadModelDesk {
  /** The names of all that there are. */
  names: readonly string[];
  /** Has one rebuilt; joins in when it is being rebuilt. Throws NotDone when there is none of that name. */
  rebuild: (name: string, by: string) => Promise<Rebuild>;
  /** The last rebuild of one, or the one that goes on; null when there was none. Throws NotDone as above. */
  find: (name: string) => Promise<Rebuild | null>;
}

export interface Rebuilder {
  desk: ReadModelDesk;
  stop: () => Promise<void>;
}

interface Options {
  db: Database;
  models: readonly ReadModel[];
  ask: Ask;
  logger: Logger;
}

const NOT_READY = 100;
const AGAIN = 1000;
const IDLE = 3_600_000;
const LEASE = 15_000;
const NOTE = 500;
const TRIES = 20;

/**
 * Rebuilds what an operator asked for, what a process that ended had begun, and whatever is declared with a higher
 * revision than stands there: one at a time, in one process.
 */
export function startRebuilder({ db, models, ask, logger }: Options): Rebuilder {
  const holder = randomUUID();
  const tries = new Map<string, number>();
  let stopped = false;

  const pass = async (): Promise<number> => {
    if (models.length === 0) return IDLE;
    if (!db.isReady()) return NOT_READY;
    const rows = new Map((await db.raw(readModels).find().toArray()).map(row => [row._id, row]));
    const next = models.find(model => isDue(model, rows.get(model.name)));
    if (next === undefined) return IDLE;
    if (!(await hold(db, leaseOf(next), holder, LEASE))) return AGAIN;
    try {
      await rebuildOne(next);
      tries.delete(next.name);
    } catch (error) {
      const count = (tries.get(next.name) ?? 0) + 1;
      tries.set(next.name, count);
      const isLast = count === TRIES || error instanceof UnreadableEvent;
      if (isLast) tries.delete(next.name);
      if (!stopped) await noteFailure(next, error, isLast);
      if (!isLast) throw error;
    } finally {
      await release(db, leaseOf(next), holder);
    }
    return 0;
  };

  const rebuildOne = async (model: ReadModel): Promise<void> => {
    const { liveRevision, note } = await begin(db, model);
    let noted = performance.now();
    const counts = { events: 0, total: 0 };
    const work = {
      db,
      ask,
      liveRevision,
      expect: (events: number) => void (counts.total = Math.max(counts.total, counts.events + events)),
      read: async (events: number) => {
        counts.events += events;
        if (stopped) throw new Error('the service stops');
        if (performance.now() - noted < NOTE) return;
        noted = performance.now();
        await note({ 'rebuild.events': counts.events, 'rebuild.total': counts.total });
        if (!(await hold(db, leaseOf(model), holder, LEASE))) throw new Error('another process rebuilds it');
      },
    };
    const swapped = (gate: string, { comparison, paused }: Rebuilt) => {
      const done = { state: 'DONE', comparison, paused, error: null, events: counts.events, total: counts.events };
      return noteSwap(db, model, gate, done as Partial<Rebuild>);
    };
    const { comparison, paused } = await rebuild(model, work, { swapped });
    const differs = comparison.liveHash !== comparison.rebuiltHash;
    const facts = { readModel: model.name, revision: model.revision, ...comparison, paused, events: counts.events };
    if (differs && liveRevision === model.revision) logger.error(facts, 'a read model was not what its history tells');
    else logger.info(facts, 'a read model is rebuilt');
  };

  const noteFailure = async (model: ReadModel, error: unknown, isLast: boolean): Promise<void> => {
    const why = { $literal: error instanceof Error ? error.message : String(error) };
    const ends = { 'rebuild.state': 'FAILED', 'rebuild.finishedAt': '$$NOW' };
    const set = { 'rebuild.error': why, ...(isLast && ends) };
    await db.raw(readModels).updateOne({ _id: model.name }, [{ $set: set }] as never);
    if (!isLast) return;
    logger.error({ err: error, readModel: model.name }, 'a read model cannot be rebuilt');
    await dropTargets(db, model);
  };

  const running = loop(pass, error => {
    const most = Math.max(0, ...tries.values());
    logger.warn({ err: error }, 'a rebuild is tried again');
    return backoff(most, 100);
  });

  const named = (name: string): ReadModel => {
    const found = models.find(model => model.name === name);
    if (found) return found;
    const there = models.map(model => model.name);
    throw new NotDone(`There is no copy or projection ${name} here${there.length > 0 ? `: ${there.join(', ')}` : ''}.`);
  };
  return {
    desk: {
      names: models.map(({ name }) => name),
      find: async name => (await db.raw(readModels).findOne({ _id: named(name).name }))?.rebuild ?? null,
      rebuild: async (name, by) => {
        const asked = await request(db, named(name), by);
        running.nudge();
        return asked;
      },
    },
    stop: () => {
      stopped = true;
      return running.stop();
    },
  };
}

const leaseOf = ({ name }: ReadModel): string => `rebuild:${name}`;

function isDue(model: ReadModel, row: ReadModelRow | undefined): boolean {
  const state = row?.rebuild?.state;
  if (state === 'WAITING' || state === 'RUNNING') return true;
  const isBehind = (row?.revision ?? FIRST_REVISION) < model.revision;
  // what could not be rebuilt is not tried over and over
  return isBehind && !(state === 'FAILED' && row?.rebuild?.revision === model.revision);
}

const nothing = { startedAt: null, finishedAt: null, events: 0, total: 0, comparison: null, paused: null, error: null };

/** Notes that somebody wants it, unless it is wanted already. */
async function request(db: Database, model: ReadModel, by: string): Promise<Rebuild> {
  const rows = db.raw(readModels);
  const _id = model.name;
  const asked = { state: 'WAITING', by, revision: model.revision, isSameRevision: true, ...nothing } as const;
  const start = { $setOnInsert: { revision: FIRST_REVISION, gate: null, rebuild: null } } as const;
  await rows.updateOne({ _id }, start, { upsert: true });
  const isOpen = { $in: ['$rebuild.state', ['WAITING', 'RUNNING']] };
  const wanted = { $cond: [isOpen, '$rebuild', { $literal: asked }] };
  const set = [
    { $set: { rebuild: wanted } },
    { $set: { 'rebuild.requestedAt': { $ifNull: ['$rebuild.requestedAt', '$$NOW'] } } },
  ];
  const row = await rows.findOneAndUpdate({ _id }, set, { returnDocument: 'after' });
  if (!row?.rebuild) throw new Error(`the rebuild of ${_id} was not noted`);
  return row.rebuild;
}

/** Notes that it is being rebuilt. Answers what stands there, and how to note more. */
async function begin(db: Database, model: ReadModel) {
  const rows = db.raw(readModels);
  const _id = model.name;
  const row = await rows.findOne({ _id });
  const liveRevision = row?.revision ?? FIRST_REVISION;
  const open = row?.rebuild?.state === 'WAITING' || row?.rebuild?.state === 'RUNNING' ? row.rebuild : null;
  const isSameRevision = liveRevision === model.revision;
  const facts = { state: 'RUNNING', by: open?.by ?? null, revision: model.revision, isSameRevision, ...nothing };
  const times = { requestedAt: open?.requestedAt ?? '$$NOW', startedAt: '$$NOW' };
  const set = [
    { $set: { revision: liveRevision } },
    { $set: { rebuild: { $literal: facts } } },
    { $set: prefixed(times) },
  ];
  await rows.updateOne({ _id }, set as never, { upsert: true });
  return {
    liveRevision,
    note: (fields: Record<string, unknown>) => rows.updateOne({ _id }, { $set: fields }),
  };
}

/** Notes what stands there now, and lets the writers go on. */
async function noteSwap(db: Database, model: ReadModel, gate: string, done: Partial<Rebuild>): Promise<void> {
  const facts = Object.fromEntries(Object.entries(done).map(([field, value]) => [field, { $literal: value }]));
  const set = { revision: model.revision, gate: null, ...prefixed({ ...facts, finishedAt: '$$NOW' }) };
  await db.raw(readModels).updateOne({ _id: model.name, 'gate.holder': gate }, [{ $set: set }] as never);
}

const prefixed = (fields: object) =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [`rebuild.${field}`, value as unknown]));
