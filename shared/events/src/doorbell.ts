import type { Collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import type { Logger } from 'pino';
import { loop } from './loop.ts';
import type { OutboxRow } from './outbox.ts';

/** How long the server waits for a change before it says that there was none: each answer wakes two processes. */
const PATIENCE = 5000;

export interface Doorbell {
  /** Whether the server answered lately; what is written is then heard of at once. */
  isThere: () => boolean;
  stop: () => void;
}

/**
 * Rings when any process writes to the outbox. Only a doorbell: whoever it wakes also looks by himself, so a change
 * stream that broke costs a moment, never an event.
 */
export function watchOutbox(db: Database, outbox: Collection<OutboxRow>, ring: () => void, logger: Logger): Doorbell {
  let answered = -Infinity;
  let close: () => Promise<void> = () => Promise.resolve();
  let stopped = false;
  const watch = async (): Promise<number> => {
    const inserts = [{ $match: { operationType: 'insert' } }, { $project: { _id: 1 } }];
    const changes = db.raw(outbox).watch(inserts, { maxAwaitTimeMS: PATIENCE });
    close = () => changes.close();
    ring();
    try {
      while (!stopped) {
        if ((await changes.tryNext()) !== null) ring();
        answered = performance.now();
      }
    } finally {
      await changes.close();
    }
    return 1000;
  };
  const watching = loop(watch, error => {
    if (!stopped) logger.debug({ err: error }, 'the change stream of the outbox broke off');
    return 5000;
  });
  return {
    isThere: () => performance.now() - answered < 2 * PATIENCE,
    stop: () => {
      stopped = true;
      // the server answers the cursor's last question in its own time: nobody has to wait for that
      void Promise.all([watching.stop(), close()]).catch((error: unknown) => {
        logger.debug({ err: error }, 'the change stream of the outbox was closed under way');
      });
    },
  };
}
