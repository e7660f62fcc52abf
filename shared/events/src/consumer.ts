import { PARTITIONS, type Envelope } from '@mealprep360/contracts/envelope';
import type { Database } from '@mealprep360/mongo/database';
import { isDuplicateKey } from '@mealprep360/mongo/transaction';
import type { Logger } from 'pino';
import { applyBatch, parkPoison, type HandlerOf } from './apply.ts';
import type { EventBus } from './bus.ts';
import { checkpointId, checkpoints } from './checkpoints.ts';
import { isKnown, type Heard } from './event-status.ts';
import { askHeads, askHistory, type Ask } from './history.ts';
import { backoff, loop } from './loop.ts';
import { startPartition, type Partition } from './partition.ts';
import type { CommitMany } from './unit-of-work.ts';

export interface ConsumerOptions {
  speaker: string;
  db: Database;
  bus: EventBus;
  ask: Ask;
  commitMany: CommitMany;
  handlerOf: HandlerOf;
  /** called after each transaction that applied something */
  applied: () => void;
  logger: Logger;
}

export interface Consumer {
  speaker: string;
  isReading: () => boolean;
  /** How many events are known to be said and not applied. */
  lag: () => number;
  /** What only this reader knows of how far it is. */
  heard: () => Heard;
  stop: () => Promise<void>;
}

const WAIT = 5000;
const NOT_READY = 100;
const COMPARE = 2000;

/**
 * Hears one speaker: a reader puts what the bus brings in line by partition, a worker a partition applies it. The
 * owner's heads are compared now and then, so that a bus which is mute or was emptied is noticed.
 */
export function startConsumer(options: ConsumerOptions): Consumer {
  const { speaker, bus, ask, logger } = options;
  const subscription = bus.subscribe(speaker);
  let partitions: Partition[] = [];
  let stopped = false;
  let tries = 0;
  let compared: number | null = null;
  const unknown = new Map<string, number>();
  const count = (events: readonly Envelope[]): void => {
    for (const { eventType } of events) {
      if (!isKnown(speaker, eventType)) unknown.set(eventType, (unknown.get(eventType) ?? 0) + 1);
    }
  };

  const read = async (): Promise<number> => {
    if (!options.db.isReady()) return NOT_READY;
    if (partitions.length === 0) partitions = await startPartitions(options, count);
    const open = partitions.filter(partition => partition.hasRoom());
    // one that has no room now may have some in a moment: the others must not keep it waiting
    const wait = open.length < partitions.length ? 20 : WAIT;
    if (open.length === 0) return wait;
    const events = await subscription.read(new Map(open.map(({ index, position }) => [index, position()])), wait);
    for (const partition of open) {
      const own = events.filter(event => event.partition === partition.index);
      if (own.length > 0) partition.deliver(own);
    }
    tries = 0;
    return 0;
  };
  const reading = loop(read, error => {
    if (!stopped) logger.debug({ err: error, speaker }, 'the bus cannot be read');
    return backoff(tries++, 50, 2000);
  });

  const compare = async (): Promise<number> => {
    const heads = await askHeads(ask, speaker);
    for (const partition of partitions) partition.learnHead(heads[partition.index] ?? 0);
    compared = performance.now();
    return COMPARE;
  };
  const comparing = loop(compare, error => {
    logger.debug({ err: error, speaker }, 'the owner does not tell its heads');
    return COMPARE;
  });

  return {
    speaker,
    isReading: () => partitions.length > 0,
    lag: () => partitions.reduce((sum, partition) => sum + partition.lag(), 0),
    heard: () => ({
      speaker,
      headsSecondsAgo: compared && (performance.now() - compared) / 1000,
      partitions: partitions.map(({ index, head, tries }) => ({ partition: index, head: head(), tries: tries() })),
      unknown: Object.fromEntries(unknown),
    }),
    stop: async () => {
      stopped = true;
      subscription.close();
      await Promise.all([reading.stop(), comparing.stop()]);
      await Promise.all(partitions.map(partition => partition.stop()));
    },
  };
}

async function startPartitions(
  options: ConsumerOptions,
  count: (events: readonly Envelope[]) => void,
): Promise<Partition[]> {
  const { speaker, db, ask, commitMany, handlerOf, applied, logger } = options;
  const indexes = Array.from({ length: PARTITIONS }, (_, index) => index);
  const seqs = await Promise.all(indexes.map(index => loadCheckpoint(db, speaker, index)));
  return seqs.map((checkpoint, index) =>
    startPartition({
      index,
      checkpoint,
      apply: async events => {
        await applyBatch(commitMany, handlerOf, { speaker, partition: index, events });
        count(events);
        applied();
      },
      park: (event, error) => parkPoison(commitMany, { speaker, partition: index, events: [event] }, error),
      fetch: (from, limit) => askHistory(ask, speaker, { partition: index, from, limit }),
      load: () => loadCheckpoint(db, speaker, index),
      logger,
    }),
  );
}

async function loadCheckpoint(db: Database, speaker: string, partition: number): Promise<number> {
  const _id = checkpointId(speaker, partition);
  try {
    const start = { $setOnInsert: { seq: 0 } };
    const row = await db.raw(checkpoints).findOneAndUpdate({ _id }, start, { upsert: true, returnDocument: 'after' });
    return row?.seq ?? 0;
  } catch (error) {
    if (isDuplicateKey(error)) return loadCheckpoint(db, speaker, partition);
    throw error;
  }
}
