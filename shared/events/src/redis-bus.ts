import { PARTITIONS, type Envelope } from '@mealprep360/contracts/envelope';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { decode, encode, TAIL, type EventBus, type Positions, type Subscription } from './bus.ts';
import { redisReader, redisWriter } from './redis.ts';

const AT_ONCE = 200;

// The braces keep all streams of a service in one slot of a Redis Cluster, so that one XREAD reaches them.
const streamOf = (service: string, partition: number): string => `{${service}}:events:${partition}`;
const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);

/** A bus over Redis Streams: one stream a partition, whose entry ids are the events' numbers. */
export function redisBus(url: string, name: string, logger: Logger): EventBus {
  const redis = redisWriter(url, name, logger);
  const readers = new Set<Redis>();
  return {
    publish: (service, events) => publish(redis, service, events),
    heads: service => Promise.all(partitions.map(partition => headOf(redis, streamOf(service, partition)))),
    forget: async (service, partition) => {
      await redis.del(streamOf(service, partition));
    },
    subscribe: speaker => {
      const reader = redisReader(url, `${name}:${speaker}`, logger);
      readers.add(reader);
      return subscription(reader, speaker, () => readers.delete(reader));
    },
    onUp: listener => {
      redis.on('ready', listener);
    },
    close: () => {
      redis.disconnect();
      for (const reader of readers) reader.disconnect();
    },
  };
}

async function publish(redis: Redis, service: string, events: readonly Envelope[]): Promise<void> {
  const pipeline = redis.pipeline();
  for (const event of events) {
    const stream = streamOf(service, event.partition);
    pipeline.xadd(stream, 'MAXLEN', '~', TAIL, `${event.seq}-0`, 'event', encode(event));
  }
  for (const [error] of (await pipeline.exec()) ?? []) {
    if (error && !isRepeat(error)) throw error;
  }
}

// Redis takes ascending ids only, so a number that it had is refused: that event is there, or was.
const isRepeat = (error: Error): boolean => error.message.includes('equal or smaller');

async function headOf(redis: Redis, stream: string): Promise<number> {
  try {
    const facts = (await redis.xinfo('STREAM', stream)) as unknown[];
    // survives trimming and deleting, unlike the ids of the entries
    const lastId = String(facts[facts.indexOf('last-generated-id') + 1]);
    return Number(lastId.split('-')[0]);
  } catch (error) {
    if (error instanceof Error && error.message.includes('no such key')) return 0;
    throw error;
  }
}

function subscription(redis: Redis, speaker: string, closed: () => void): Subscription {
  return {
    read: async (positions: Positions, wait: number) => {
      const streams = [...positions.keys()].map(partition => streamOf(speaker, partition));
      const after = [...positions.values()].map(seq => `${seq}-0`);
      const found = await redis.xread('COUNT', AT_ONCE, 'BLOCK', wait, 'STREAMS', ...streams, ...after);
      return (found ?? []).flatMap(([, entries]) => entries.flatMap(([, [, text]]) => decode(text ?? '') ?? []));
    },
    close: () => {
      closed();
      redis.disconnect();
    },
  };
}
