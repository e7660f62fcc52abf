import type { Envelope } from '@mealprep360/contracts/envelope';

/** Where a reader stands: by partition, the number of the last event that it has. */
export type Positions = ReadonlyMap<number, number>;

/** One reader of one speaker. */
export interface Subscription {
  /** Waits for events after these positions: some of each partition, in order. Empty when none came for a while. */
  read: (positions: Positions) => Promise<Envelope[]>;
  close: () => void;
}

/** Carries numbered events from their owner to whoever listens: a fast copy of the tail of each owner's log. */
export interface EventBus {
  /** Appends events of one service, ascending in each partition. One that is there already is passed over. Throws when the bus does not have them all. */
  publish: (service: string, events: readonly Envelope[]) => Promise<void>;
  /** The number of the last event that each partition was given; 0 where the bus has none. */
  heads: (service: string) => Promise<number[]>;
  /** Forgets a partition, which holds events of another life of the service. */
  forget: (service: string, partition: number) => Promise<void>;
  subscribe: (speaker: string) => Subscription;
  /** Called when the bus is there (again), perhaps as a new and empty one. */
  onUp: (listener: () => void) => void;
  close: () => void;
}
