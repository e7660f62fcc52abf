import { PARTITIONS, type Envelope } from '@mealprep360/contracts/envelope';
import type { Collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { inTransaction } from '@mealprep360/mongo/transaction';
import type { ClientSession } from 'mongoose';
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { TAIL, type EventBus } from './bus.ts';
import { reached } from './crash-points.ts';
import { headsOf } from './history.ts';
import { hold, release } from './lease.ts';
import { backoff, loop } from './loop.ts';
import { toEnvelope, type OutboxRow } from './outbox.ts';

interface RelayOptions {
  service: string;
  db: Database;
  outbox: Collection<OutboxRow>;
  bus: EventBus;
  /** whether it is nudged when another process writes to the outbox; never, if not told */
  isWatched?: () => boolean;
  logger: Logger;
}

export interface Relay {
  /** Says that the outbox has something new. */
  nudge: () => void;
  stop: () => Promise<void>;
}

const AT_ONCE = 500;
const POLL = 1000;
/** While the outbox is watched, what is written nudges: only a nudge that got lost waits. */
const WATCHED = 5000;
const NOT_READY = 100;
/** How often the bus is looked at for a tail that it lost without going away. */
const CHECK_BUS = 10_000;
const LEASE = { name: 'relay', lasts: 10_000, renewAfter: 4000 };
/** What waits for so long in the outbox is nobody's: whoever holds the lease is dead, or stands still. */
const LATE = 1000;

/**
 * Brings what a service said from its outbox to the bus: numbers it, publishes it, marks it sent. Each step can be
 * repeated and done by two relays at once; while the bus is away, numbering goes on, so history serves everything.
 */
export function startRelay(options: RelayOptions): Relay {
  const { db, outbox, bus, isWatched = () => false, logger } = options;
  const holder = randomUUID();
  let renewed: number | null = null;
  let isNew = true;
  let busChecked = -Infinity;
  let tries = 0;
  // A lease only saves work. Whoever starts takes it, since it is there instead of one that ended, and whoever sees
  // that the one who has it does nothing.
  const holds = async (): Promise<boolean> => {
    if (renewed !== null && performance.now() - renewed < LEASE.renewAfter) return true;
    const atOnce = isNew || (renewed === null && (await isAnyLate(db, outbox)));
    const held = await hold(db, LEASE.name, holder, LEASE.lasts, { atOnce });
    renewed = held ? performance.now() : null;
    isNew = false;
    return held;
  };
  const pass = async (): Promise<number> => {
    if (!db.isReady()) return NOT_READY;
    if (!(await holds())) return POLL;
    // what is not sent may be unnumbered, too: while nothing is said, one question tells both
    const waits = await db.raw(outbox).findOne({ sentAt: null }, { projection: { _id: 1 } });
    const numbered = waits ? await numberRows(db, outbox) : 0;
    if (numbered > 0) reached('relay.numbered');
    if (performance.now() - busChecked > CHECK_BUS) {
      await restoreTail(options);
      busChecked = performance.now();
    }
    const sent = waits ? await sendRows(options) : 0;
    tries = 0;
    if (numbered + sent > 0) return 0;
    return isWatched() ? WATCHED : POLL;
  };
  const running = loop(pass, error => {
    if (tries === 0) logger.warn({ err: error }, 'events wait in the outbox');
    return backoff(tries++, 100, POLL);
  });
  bus.onUp(() => {
    busChecked = -Infinity;
    running.nudge();
  });
  return {
    nudge: running.nudge,
    stop: async () => {
      await running.stop();
      await release(db, LEASE.name, holder).catch((error: unknown) => {
        logger.debug({ err: error }, 'the lease of the relay ends by itself');
      });
    },
  };
}

const isAnyLate = async (db: Database, outbox: Collection<OutboxRow>): Promise<boolean> => {
  const since = { $lte: ['$timestamp', { $subtract: ['$$NOW', LATE] }] };
  return (await db.raw(outbox).findOne({ sentAt: null, $expr: since }, { projection: { _id: 1 } })) !== null;
};

/**
 * Numbers rows that have no number, without gaps: the transaction sees who is unnumbered and what the last numbers
 * are in one snapshot, and of two relays that number the same, one starts over. Answers how many it took.
 */
export async function numberRows(db: Database, outbox: Collection<OutboxRow>): Promise<number> {
  const unnumbered = await db.raw(outbox).findOne({ seq: null }, { projection: { _id: 1 } });
  return unnumbered ? inTransaction(db, session => numberBatch(db, outbox, session)) : 0;
}

async function numberBatch(db: Database, outbox: Collection<OutboxRow>, session: ClientSession): Promise<number> {
  const rows = await db
    .raw(outbox)
    .find({ seq: null }, { session, projection: { partition: 1 } })
    // an aggregate's versions in their order; the batch may end between two
    .sort({ aggregateId: 1, version: 1 })
    .limit(AT_ONCE)
    .toArray();
  const last = new Map<number, number>();
  for (const partition of new Set(rows.map(row => row.partition))) {
    const newest = { session, sort: { seq: -1 }, projection: { seq: 1 } } as const;
    const row = await db.raw(outbox).findOne({ partition, seq: { $gt: 0 } }, { ...newest });
    last.set(partition, row?.seq ?? 0);
  }
  const updates = rows.map(({ _id, partition }) => {
    const seq = (last.get(partition) ?? 0) + 1;
    last.set(partition, seq);
    return { updateOne: { filter: { _id, seq: null }, update: { $set: { seq } } } };
  });
  if (updates.length > 0) await db.raw(outbox).bulkWrite(updates, { session });
  return rows.length;
}

/** Publishes numbered rows that are not marked as sent, and marks them. Answers how many it took. */
export async function sendRows({ service, db, outbox, bus }: RelayOptions): Promise<number> {
  const rows = await db
    .raw(outbox)
    .find({ sentAt: null, seq: { $gt: 0 } }, { projection: { sealed: 0 } })
    .sort({ partition: 1, seq: 1 })
    .limit(AT_ONCE)
    .toArray();
  if (rows.length === 0) return 0;
  await bus.publish(service, rows.map(toEnvelope));
  reached('relay.published');
  const emptied = rows.filter(row => row.withdrawn === false);
  await withdraw({ service, bus }, emptied);
  const idsOf = (some: typeof rows) => ({ _id: { $in: some.map(row => row._id) } });
  // what was emptied only since it was read stays unsent, so that it is withdrawn the next time
  const others = { ...idsOf(rows.filter(row => row.withdrawn !== false)), withdrawn: { $ne: false } };
  await db.raw(outbox).updateMany(others, [{ $set: { sentAt: '$$NOW' } }]);
  if (emptied.length > 0) {
    await db.raw(outbox).updateMany(idsOf(emptied), [{ $set: { sentAt: '$$NOW', withdrawn: true } }]);
  }
  reached('relay.marked');
  return rows.length;
}

/** How many entries a stream keeps in one block, at most (Redis' stream-node-max-entries). */
const BLOCK = 100;

/**
 * Takes events off the bus that had data before. A stream keeps the bytes of an entry until its whole block is gone,
 * so all go that may stand in the same block: who has not read them finds them in history.
 */
async function withdraw(
  { service, bus }: Pick<RelayOptions, 'service' | 'bus'>,
  rows: readonly Pick<OutboxRow, 'partition' | 'seq'>[],
): Promise<void> {
  for (const partition of new Set(rows.map(row => row.partition))) {
    const seqs = new Set<number>();
    for (const row of rows.filter(one => one.partition === partition)) {
      const seq = row.seq ?? 0;
      for (let near = Math.max(1, seq - BLOCK); near <= seq + BLOCK; near++) seqs.add(near);
    }
    const all = [...seqs];
    for (let first = 0; first < all.length; first += BLOCK * BLOCK) {
      await bus.erase(service, partition, all.slice(first, first + BLOCK * BLOCK));
    }
  }
}

/** Gives a bus that is new, or was emptied, the tail of what it was sent before. */
async function restoreTail({ service, db, outbox, bus, logger }: RelayOptions): Promise<void> {
  const onBus = await bus.heads(service);
  // read after the bus was: whatever is published was numbered before, so the bus cannot rightly be ahead
  const heads = await headsOf(db, outbox);
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const head = heads[partition] ?? 0;
    let last = onBus[partition] ?? 0;
    if (last > head) {
      logger.warn({ service, partition, last, head }, 'the bus holds events of another life of this database');
      await bus.forget(service, partition);
      last = 0;
    }
    last = Math.max(last, head - TAIL);
    while (last < head) {
      const events = await tail(db, outbox, partition, last);
      await bus.publish(service, events);
      reached('relay.restoring');
      last = events.at(-1)?.seq ?? head;
    }
  }
}

async function tail(
  db: Database,
  outbox: Collection<OutboxRow>,
  partition: number,
  after: number,
): Promise<Envelope[]> {
  const rows = await db
    .raw(outbox)
    .find({ partition, seq: { $gt: after } }, { projection: { sealed: 0 } })
    .sort({ seq: 1 })
    .limit(AT_ONCE)
    .toArray();
  return rows.map(toEnvelope);
}
