import { UnreadableEvent } from '@mealprep360/contracts/define';
import type { Database } from '@mealprep360/mongo/database';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { NotYet } from './commands.ts';
import type { Ask } from './history.ts';
import { hold, release } from './lease.ts';
import { backoff, loop } from './loop.ts';
import { NotDone } from './operator.ts';
import { readModels, type ReadModel, type Rebuild } from './read-model.ts';
import { isDue, noteBegin, noteFailure, noteProgress, noteSwap, request } from './rebuild-notes.ts';
import { dropTargets, rebuild } from './rebuild.ts';
import { isTransient } from './transient.ts';

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
export function startRebuilder(options: Options): Rebuilder {
  const { db, models, logger } = options;
  const holder = randomUUID();
  const stopping = new AbortController();
  let tries = 0;
  let waits = 0;

  const pass = async (): Promise<number> => {
    if (models.length === 0) return IDLE;
    if (!db.isReady()) return NOT_READY;
    const rows = new Map((await db.raw(readModels).find().toArray()).map(row => [row._id, row]));
    const next = models.find(model => isDue(model, rows.get(model.name)));
    if (next === undefined) return IDLE;
    if (!(await hold(db, leaseOf(next), holder, LEASE))) return AGAIN;
    try {
      await rebuildOne(next, { ...options, holder, signal: stopping.signal });
      tries = waits = 0;
    } catch (error) {
      // whoever is away comes back, however long it takes
      const isLast = error instanceof UnreadableEvent || (!isTransient(error) && ++tries === TRIES);
      if (!stopping.signal.aborted) await noteFailure(db, next.name, error, isLast);
      if (!isLast) throw error;
      tries = 0;
      logger.error({ err: error, readModel: next.name }, 'a read model cannot be rebuilt');
      await dropTargets(db, next);
    } finally {
      await release(db, leaseOf(next), holder);
    }
    return 0;
  };
  const running = loop(pass, error => {
    if (!stopping.signal.aborted) logger.warn({ err: error }, 'a rebuild is tried again');
    return backoff(waits++, 100);
  });
  return {
    desk: deskOf(options, running.nudge),
    stop: () => {
      stopping.abort(new Error('the service stops'));
      return running.stop();
    },
  };
}

function deskOf({ db, models }: Options, nudge: () => void): ReadModelDesk {
  const names = models.map(({ name }) => name);
  const named = (name: string): ReadModel => {
    const found = models.find(model => model.name === name);
    if (found) return found;
    throw new NotDone(`There is no copy or projection ${name} here${names.length > 0 ? `: ${names.join(', ')}` : ''}.`);
  };
  return {
    names,
    find: async name => (await db.raw(readModels).findOne({ _id: named(name).name }))?.rebuild ?? null,
    rebuild: async (name, by) => {
      const asked = await request(db, named(name), by);
      nudge();
      return asked;
    },
  };
}

const leaseOf = ({ name }: ReadModel): string => `rebuild:${name}`;

async function rebuildOne(
  model: ReadModel,
  { db, ask, logger, holder, signal }: Options & { holder: string; signal: AbortSignal },
): Promise<void> {
  const liveRevision = await noteBegin(db, model);
  const counts = { events: 0, total: 0 };
  let noted = performance.now();
  const work = {
    ...{ db, liveRevision },
    ask: (...question: Parameters<Ask>) =>
      ask(...question).catch((error: unknown) => {
        throw new NotYet(`${question[0]} does not answer: ${error instanceof Error ? error.message : String(error)}`);
      }),
    expect: (events: number) => {
      counts.total = Math.max(counts.total, counts.events + events);
    },
    read: async (events: number) => {
      counts.events += events;
      signal.throwIfAborted();
      if (performance.now() - noted < NOTE) return;
      noted = performance.now();
      await noteProgress(db, model.name, counts);
      if (!(await hold(db, leaseOf(model), holder, LEASE))) throw new Error('another process rebuilds it');
    },
  };
  const { comparison, paused } = await rebuild(model, work, (gate, done) =>
    noteSwap(db, model, gate, { ...done, events: counts.events }),
  );
  const facts = { readModel: model.name, revision: model.revision, ...comparison, paused, events: counts.events };
  const isDefect = comparison.liveHash !== comparison.rebuiltHash && liveRevision === model.revision;
  if (isDefect) logger.error(facts, 'a read model was not what its history tells');
  else logger.info(facts, 'a read model is rebuilt');
}
