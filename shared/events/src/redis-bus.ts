import { PARTITIONS, type Envelope } from '@mealprep360/contracts/envelope';
import { onUp, type RedisClient } from '@mealprep360/redis/connect';
import type { Logger } from 'pino';
import { decode, encode, TAIL, type EventBus, type Positions, type Subscription } from './bus.ts';
import { redisReader, redisWriter } from './redis.ts';

const AT_ONCE = 200;

// The braces keep all streams of a service in one slot of a Redis Cluster, so that one XREAD reaches them.
const streamOf = (service: string, partition: number): string => `{${service}}:events:${partition}`;
const idOf = (seq: number): string => `${seq}-0`;
const seqOf = (id: string): number => Number(id.split('-')[0]);
const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);

/** A bus over Redis Streams: one stream a partition, whose entry ids are the events' numbers. */
export function redisBus(url: string, name: string, logger: Logger): EventBus {
  const redis = redisWriter(url, name, logger);
  const readers = new Set<Subscription>();
  return {
    publish: (service, events) => publish(redis, service, events),
    heads: service => Promise.all(partitions.map(partition => headOf(redis, streamOf(service, partition)))),
    erase: async (service, partition, seqs) => {
      if (seqs.length > 0) await redis.xdel(streamOf(service, partition), ...seqs.map(idOf));
    },
    forget: async (service, partition) => {
      await redis.del(streamOf(service, partition));
    },
    subscribe: speaker => {
      const reader = subscription(redisReader(url, `${name}:${speaker}`, logger), speaker, () => {
        readers.delete(reader);
      });
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

async function publish(redis: RedisClient, service: string, events: readonly Envelope[]): Promise<void> {
  const pipeline = redis.pipeline();
  for (const event of events) {
    const stream = streamOf(service, event.partition);
    pipeline.xadd(stream, 'MAXLEN', '~', TAIL, idOf(event.seq), 'event', encode(event));
  }
  for (const [error] of (await pipeline.exec()) ?? []) {
    if (error && !isRepeat(error)) throw error;
  }
}

// Redis takes ascending ids only, so a number that it had is refused: that event is there, or was.
const isRepeat = (error: Error): boolean => error.message.includes('equal or smaller');

async function headOf(redis: RedisClient, stream: string): Promise<number> {
  try {
    const facts = (await redis.xinfo('STREAM', stream)) as unknown[];
    // survives trimming and deleting, unlike the ids of the entries
    return seqOf(String(facts[facts.indexOf('last-generated-id') + 1]));
  } catch (error) {
    if (error instanceof Error && error.message.includes('no such key')) return 0;
    throw error;
  }
}

function subscription(redis: RedisClient, speaker: string, closed: () => void): Subscription {
  // a client that is closed while it connects may forget what waits
  const end = Promise.withResolvers<null>();
  return {
    read: async (positions: Positions, wait: number) => {
      const streams = new Map([...positions].map(([partition, seq]) => [streamOf(speaker, partition), idOf(seq)]));
      for (;;) {
        const from = [...streams.keys(), ...streams.values()];
        const reading = redis.xread('COUNT', AT_ONCE, 'BLOCK', wait, 'STREAMS', ...from);
        const found = await Promise.race([reading, end.promise]);
        const events = (found ?? []).flatMap(([, entries]) =>
          entries.flatMap(([, [, text]]) => decode(text ?? '') ?? []),
        );
        if (found === null || events.length > 0) return events;
        // what is no event would be found again at once, and for ever
        for (const [stream, entries] of found) streams.set(stream, entries.at(-1)?.[0] ?? '');
      }
    },
    close: () => {
      end.resolve(null);
      closed();
      redis.disconnect();
    },
  };
}
