import type { Envelope } from '@mealprep360/contracts/envelope';
import type { Logger } from 'pino';
import { CheckpointMoved } from './apply.ts';
import { backoff, loop } from './loop.ts';
import { isTransient } from './transient.ts';

/** One partition of one speaker, as this service works through it. */
export interface Partition {
  index: number;
  /** Takes events from the bus, in order. */
  deliver: (events: readonly Envelope[]) => void;
  /** Learns the last number that the speaker gave, however it got known. */
  learnHead: (head: number) => void;
  /** The number of the last event that is applied or in line. */
  position: () => number;
  hasRoom: () => boolean;
  /** How many events are known to be said and not applied. */
  lag: () => number;
  stop: () => Promise<void>;
}

export interface PartitionWork {
  index: number;
  /** the number of the last event that was applied */
  checkpoint: number;
  /** Applies consecutive events and moves the checkpoint, in one transaction. */
  apply: (events: readonly [Envelope, ...Envelope[]]) => Promise<void>;
  /** Puts an event aside that cannot be applied, and moves the checkpoint. */
  park: (event: Envelope, error: unknown) => Promise<void>;
  /** Reads the speaker's history from a number on. */
  fetch: (from: number, limit: number) => Promise<Envelope[]>;
  /** Reads the checkpoint from the database. */
  load: () => Promise<number>;
  logger: Logger;
}

const QUEUE = 1000;
const TOGETHER = 100;
const TRIES = 5;
const IDLE = 60_000;

/** Applies the events of a partition in order: what is in line, and what the bus passed over, from history. */
export function startPartition(work: PartitionWork): Partition {
  const { index, logger } = work;
  let { checkpoint } = work;
  let head = checkpoint;
  let queue: Envelope[] = [];
  /** up to this number events go one by one, since together they failed */
  let singlyUntil = 0;
  /** failures in a row of whatever kind, and how often the event next in line turned out to be poison */
  let failures = 0;
  let poisoned = 0;
  const position = (): number => Math.max(checkpoint, queue.at(-1)?.seq ?? 0);

  const next = async (): Promise<Envelope[]> => {
    queue = queue.filter(event => event.seq > checkpoint);
    const expected = checkpoint + 1;
    const missing = (queue[0]?.seq ?? head + 1) - expected;
    if (missing > 0) queue.unshift(...(await work.fetch(expected, missing)));
    if (missing > 0 && queue[0]?.seq !== expected) throw new Error(`event ${expected} is not in the history`);
    const most = expected <= singlyUntil ? 1 : TOGETHER;
    return queue.slice(0, most).filter((event, offset) => event.seq === expected + offset);
  };

  const settle = async (events: readonly [Envelope, ...Envelope[]], error: unknown): Promise<void> => {
    const [first] = events;
    if (error instanceof CheckpointMoved) {
      checkpoint = await work.load();
      poisoned = 0;
    } else if (isTransient(error)) {
      throw error;
    } else if (events.length > 1) {
      singlyUntil = first.seq + events.length - 1;
    } else if (++poisoned < TRIES) {
      throw error;
    } else {
      logger.error({ error, eventId: first.eventId, eventType: first.eventType }, 'an event is parked');
      await work.park(first, error);
      checkpoint = first.seq;
      poisoned = 0;
    }
  };

  const pass = async (): Promise<number> => {
    const [first, ...rest] = await next();
    if (first === undefined) return IDLE;
    const events = [first, ...rest] as const;
    try {
      await work.apply(events);
      checkpoint = first.seq + rest.length;
      failures = poisoned = 0;
    } catch (error) {
      await settle(events, error);
    }
    return 0;
  };

  const running = loop(pass, error => {
    logger.debug({ error, partition: index, checkpoint }, 'a partition waits');
    return backoff(failures++, 20);
  });

  return {
    index,
    deliver: events => {
      queue.push(...events.filter(event => event.seq > position()));
      head = Math.max(head, position());
      running.nudge();
    },
    learnHead: known => {
      head = Math.max(head, known);
      if (head > position()) running.nudge();
    },
    position,
    hasRoom: () => queue.length < QUEUE,
    lag: () => head - checkpoint,
    stop: running.stop,
  };
}
