import type { Collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import type { Logger } from 'pino';
import { loop } from './loop.ts';
import type { OutboxRow } from './outbox.ts';

/**
 * Rings when any process writes to the outbox. Only a doorbell: whoever it wakes also looks by himself, so a change
 * stream that broke costs a moment, never an event.
 */
export function watchOutbox(db: Database, outbox: Collection<OutboxRow>, ring: () => void, logger: Logger) {
  let close: () => Promise<void> = () => Promise.resolve();
  let stopped = false;
  const watch = async (): Promise<number> => {
    const changes = db.raw(outbox).watch([{ $match: { operationType: 'insert' } }, { $project: { _id: 1 } }]);
    close = () => changes.close();
    ring();
    try {
      while (!stopped && (await changes.hasNext())) {
        await changes.next();
        ring();
      }
    } finally {
      await changes.close();
    }
    return 1000;
  };
  const watching = loop(watch, error => {
    if (!stopped) logger.debug({ error }, 'the change stream of the outbox broke off');
    return 5000;
  });
  return {
    stop: async (): Promise<void> => {
      stopped = true;
      const ended = watching.stop();
      await close();
      await ended;
    },
  };
}
