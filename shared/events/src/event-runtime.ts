import type { Collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import type { Logger } from 'pino';
import type { EventBus } from './bus.ts';
import type { Command } from './commands.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { Ask, InternalRoutes } from './history.ts';
import type { OutboxRow } from './outbox.ts';
import type { Reactions } from './reactions.ts';
import type { Saga } from './saga.ts';
import type { Commit, Tx } from './unit-of-work.ts';

export interface EventOptions<Work extends Tx> {
  /** the service's name, which it speaks under */
  service: string;
  db: Database;
  /** `redis://…`, or a bus of one's own (tests) */
  bus: { url: string } | EventBus;
  outbox: Collection<OutboxRow>;
  /** the room's own view of a transaction: `tx => ({ ...tx, recipes: … })` */
  work: (tx: Tx) => Work;
  reactions: readonly Reactions<Work>[];
  commands: readonly Command<Work>[];
  sagas: readonly Saga<unknown, Work>[];
  ask: Ask;
  logger: Logger;
}

export interface EventRuntime<Work> {
  commit: Commit<Work>;
  /** Whether the database answers and every partition of every speaker heard is being read. */
  ready: () => Promise<boolean>;
  /** The routes that other services read this one's history by; serve each as an internal POST. */
  history: InternalRoutes;
  deadLetters: DeadLetters;
  /** How many events of each speaker heard are known to be said and not yet applied. */
  lag: () => Record<string, number>;
  /** Ends what is being done, closes all connections; at most 5 s. The database stays open. */
  stop: () => Promise<void>;
}

export function startEvents<Work extends Tx>(options: EventOptions<Work>): EventRuntime<Work> {
  throw new Error(`not written yet: ${options.service}`);
}
