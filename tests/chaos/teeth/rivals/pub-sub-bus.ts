import type { Envelope } from '@mealprep360/contracts/envelope';
import { decode, encode, type EventBus, type Subscription } from '@mealprep360/events/bus';
import { redisWriter } from '@mealprep360/events/redis';
import { connectRedis, onUp, type RedisClient } from '@mealprep360/redis/connect';
import type { Logger } from 'pino';

const channelOf = (service: string): string => `${service}:events`;
const nothing = () => Promise.resolve();

/** In the place of redis-bus.ts: the bus of the strategy, which tells events to whoever listens just now. */
export function redisBus(url: string, name: string, logger: Logger): EventBus {
  const redis = redisWriter(url, name, logger);
  const readers = new Set<Subscription>();
  return {
    publish: async (service, events) => {
      const pipeline = redis.pipeline();
      for (const event of events) pipeline.publish(channelOf(service), encode(event));
      for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
    },
    heads: () => Promise.resolve([]),
    erase: nothing,
    forget: nothing,
    subscribe: speaker => {
      const reader = listen(connectRedis(url, { connectionName: `${name}:${speaker}` }), speaker);
      readers.add(reader);
      return reader;
    },
    onUp: listener => {
      onUp(redis, listener);
    },
    close: () => {
      redis.disconnect();
      for (const reader of readers) reader.close();
    },
  };
}

function listen(redis: RedisClient, speaker: string): Subscription {
  let heard: Envelope[] = [];
  let wake = (): void => undefined;
  // the client connects and subscribes again by itself
  redis.on('error', () => undefined);
  redis.on('message', (_channel: string, text: string) => {
    const event = decode(text);
    if (event) heard.push(event);
    wake();
  });
  redis.subscribe(channelOf(speaker)).catch(() => undefined);
  return {
    read: async (_positions, wait) => {
      if (heard.length === 0) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, wait);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const events = heard;
      heard = [];
      return events;
    },
    close: () => {
      wake();
      redis.disconnect();
    },
  };
}
