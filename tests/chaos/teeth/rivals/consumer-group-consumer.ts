import type { Envelope } from '@mealprep360/contracts/envelope';
import { actorOf } from '@mealprep360/events/apply';
import type { Consumer, ConsumerOptions } from '@mealprep360/events/consumer';
import { backoff, loop } from '@mealprep360/events/loop';
import { collection } from '@mealprep360/mongo/collection';
import type { GroupBus } from './consumer-group-bus.ts';

/** Events that this service has applied, by their ids. */
const inbox = collection<{ _id: string; at: Date }>('inbox', { at: { type: Date, required: true } });

const WAIT = 1000;
const NOT_READY = 100;
/** What was not acknowledged for so long is given to somebody else. */
const IDLE = 3000;

/** In the place of consumer.ts: each event with its row in the inbox in one transaction, then the acknowledgement. */
export function startConsumer(options: Omit<ConsumerOptions, 'bus'> & { bus: GroupBus }): Consumer {
  const { speaker, db, bus, commitMany, handlerOf, applied, logger } = options;
  const member = bus.join(speaker);
  let isReading = false;
  let claimed = 0;
  let tries = 0;
  const apply = (event: Envelope): Promise<void> =>
    commitMany(async as => {
      const tx = as(actorOf(event));
      const { session, now } = tx;
      const { eventId: _id, aggregateType, aggregateId } = event;
      if ((await tx.db.raw(inbox).findOne({ _id }, { session })) !== null) return;
      await tx.db.raw(inbox).insertOne({ _id, at: now }, { session });
      if (event.erased || event.eventType === `${aggregateType}Deleted`) tx.entomb(aggregateType, aggregateId);
      await handlerOf(event)?.handle(tx);
    });
  const read = async (): Promise<number> => {
    if (!db.isReady()) return NOT_READY;
    // a collection cannot be made in the transactions of two at once
    if (!isReading) await db.raw(inbox).createIndex({ at: 1 }, {}, {});
    isReading = true;
    const isTime = performance.now() - claimed > IDLE;
    if (isTime) claimed = performance.now();
    for (const { event, acknowledge } of isTime ? await member.claim(IDLE) : await member.read(WAIT)) {
      try {
        await apply(event);
        await acknowledge();
      } catch (error) {
        logger.warn({ err: error, eventId: event.eventId }, 'an event stays pending');
      }
      applied();
    }
    tries = 0;
    return 0;
  };
  const reading = loop(read, error => {
    logger.debug({ err: error, speaker }, 'the group cannot be read');
    return backoff(tries++, 50, 2000);
  });
  return {
    speaker,
    isReading: () => isReading,
    lag: () => 0,
    heard: () => ({ speaker, headsSecondsAgo: null, partitions: [], unknown: {} }),
    stop: () => {
      member.close();
      return reading.stop();
    },
  };
}
