import type { Envelope } from '@mealprep360/contracts/envelope';
import type { Logger } from 'pino';
import { CheckpointMoved } from './apply.ts';
import { reached } from './crash-points.ts';
import { eventLine, type EventLine } from './event-line.ts';
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
  /** The last number that the speaker is known to have given. */
  head: () => number;
  /** How often what comes next has failed so far. */
  tries: () => number;
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

const ROOM = 1000;
const TOGETHER = 100;
const TRIES = 5;
const IDLE = 60_000;

/** Applies the events of a partition in order: what is in line, and what the bus passed over, from history. */
export function startPartition(work: PartitionWork): Partition {
  const { index, logger } = work;
  const line = eventLine();
  const state = { checkpoint: work.checkpoint, head: work.checkpoint, singlyUntil: 0, poisoned: 0 };
  let failures = 0;
  const position = (): number => Math.max(state.checkpoint, line.last() ?? 0);

  const pass = async (): Promise<number> => {
    const [first, ...rest] = await next(work, line, state);
    if (first === undefined) return IDLE;
    const events = [first, ...rest] as const;
    reached('consumer.taken', first.eventType);
    try {
      await work.apply(events);
      reached('consumer.committed', first.eventType);
      Object.assign(state, { checkpoint: first.seq + rest.length, poisoned: 0 });
    } catch (error) {
      await settle(work, state, events, error);
    }
    failures = 0;
    return 0;
  };
  const running = loop(pass, error => {
    logger.debug({ err: error, partition: index, ...state }, 'a partition waits');
    return backoff(failures++, 20);
  });

  return {
    index,
    deliver: events => {
      line.append(events.filter(event => event.seq > state.checkpoint));
      state.head = Math.max(state.head, position());
      running.nudge();
    },
    learnHead: known => {
      state.head = Math.max(state.head, known);
      if (state.head > position()) running.nudge();
    },
    position,
    hasRoom: () => line.size() < ROOM,
    lag: () => state.head - state.checkpoint,
    head: () => state.head,
    tries: () => failures,
    stop: running.stop,
  };
}

interface State {
  /** the number of the last event that was applied */
  checkpoint: number;
  /** the last number that the speaker is known to have given */
  head: number;
  /** up to this number events go one by one, since together they failed */
  singlyUntil: number;
  /** how often the event next in line turned out to be poison */
  poisoned: number;
}

/** The events to be applied next; what is missing before them is fetched. Throws when the speaker does not have it. */
async function next({ fetch }: PartitionWork, line: EventLine, state: State): Promise<Envelope[]> {
  line.drop(state.checkpoint);
  const expected = state.checkpoint + 1;
  const missing = (line.first() ?? state.head + 1) - expected;
  if (missing > 0) {
    line.prepend(await fetch(expected, missing));
    reached('consumer.fetched');
    if (line.first() !== expected) throw new Error(`event ${expected} is not in the speaker's history`);
  }
  return line.peek(expected, expected <= state.singlyUntil ? 1 : TOGETHER);
}

/** Decides what comes of events that were not applied; throws when they are to be tried again after a while. */
async function settle(
  { load, park, logger }: PartitionWork,
  state: State,
  events: readonly [Envelope, ...Envelope[]],
  error: unknown,
): Promise<void> {
  const [first] = events;
  if (error instanceof CheckpointMoved) {
    Object.assign(state, { checkpoint: await load(), poisoned: 0 });
  } else if (events.length > 1) {
    // one of them may be poison, or all of them too much for one transaction
    state.singlyUntil = first.seq + events.length - 1;
    if (isTransient(error)) throw error;
  } else if (isTransient(error)) {
    throw error;
  } else if (++state.poisoned < TRIES) {
    throw error;
  } else {
    await park(first, error);
    reached('park.committed');
    Object.assign(state, { checkpoint: first.seq, poisoned: 0 });
    logger.error({ err: error, eventId: first.eventId, eventType: first.eventType }, 'an event is parked');
  }
}
