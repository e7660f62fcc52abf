import { envelope, type Envelope } from '@mealprep360/contracts/envelope';

/** Where a reader stands: by partition, the number of the last event that it has. */
export type Positions = ReadonlyMap<number, number>;

/** One reader of one speaker. */
export interface Subscription {
  /**
   * Waits at most `wait` milliseconds for events after these positions: some of each partition, in order, or none.
   * May reject when the bus goes away meanwhile: reading again is harmless.
   */
  read: (positions: Positions, wait: number) => Promise<Envelope[]>;
  /** Ends a read that waits, with nothing. */
  close: () => void;
}

/** Carries numbered events from their owner to whoever listens: a fast copy of the tail of each owner's log. */
export interface EventBus {
  /**
   * Appends events of one service, ascending in each partition; one that is there already is passed over.
   * Throws when the bus does not have them all: publishing them again is harmless.
   */
  publish: (service: string, events: readonly Envelope[]) => Promise<void>;
  /** The number of the last event that each partition was given; 0 where the bus has none. */
  heads: (service: string) => Promise<number[]>;
  /** Takes events out, which nobody may read here any more; the partition's last number stays what it was. */
  erase: (service: string, partition: number, seqs: readonly number[]) => Promise<void>;
  /** Forgets a partition, which holds events of another life of the service. */
  forget: (service: string, partition: number) => Promise<void>;
  subscribe: (speaker: string) => Subscription;
  /** Calls back when the bus is there (again), perhaps as a new and empty one. */
  onUp: (listener: () => void) => void;
  close: () => void;
}

/** About how many events of each partition a bus keeps; what is older is read from the owner's history. */
export const TAIL = 10_000;

export const encode = (event: Envelope): string => JSON.stringify(event);

/** Null for what is no event: its number is then missing, and the reader fetches it from the owner's history. */
export function decode(text: string): Envelope | null {
  try {
    return envelope.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
