import type { Envelope } from '@mealprep360/contracts/envelope';
import { actorOf } from '@mealprep360/events/apply';
import type { Consumer, ConsumerOptions } from '@mealprep360/events/consumer';
import { loop } from '@mealprep360/events/loop';

const WAIT = 1000;
const NOT_READY = 100;

/** In the place of consumer.ts: applies what comes as it comes, and knows of nothing that does not come. */
export function startConsumer(options: ConsumerOptions): Consumer {
  const { speaker, db, bus, commitMany, handlerOf, applied, logger } = options;
  const subscription = bus.subscribe(speaker);
  let isReading = false;
  const apply = (event: Envelope): Promise<void> =>
    commitMany(async as => {
      const tx = as(actorOf(event));
      const { aggregateType, aggregateId } = event;
      if (event.erased || event.eventType === `${aggregateType}Deleted`) tx.entomb(aggregateType, aggregateId);
      await handlerOf(event)?.handle(tx);
    });
  const read = async (): Promise<number> => {
    if (!db.isReady()) return NOT_READY;
    isReading = true;
    for (const event of await subscription.read(new Map(), WAIT)) {
      await apply(event).catch((error: unknown) => {
        logger.warn({ err: error, eventId: event.eventId }, 'an event is lost');
      });
      applied();
    }
    return 0;
  };
  const reading = loop(read, () => WAIT);
  return {
    speaker,
    isReading: () => isReading,
    lag: () => 0,
    heard: () => ({ speaker, headsSecondsAgo: null, partitions: [], unknown: {} }),
    stop: () => {
      subscription.close();
      return reading.stop();
    },
  };
}
