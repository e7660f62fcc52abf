import { PARTITIONS, type Envelope } from '@mealprep360/contracts/envelope';
import { decode, encode, TAIL, type EventBus } from '@mealprep360/events/bus';
import { redisReader, redisWriter } from '@mealprep360/events/redis';
import { onUp, type RedisClient } from '@mealprep360/redis/connect';
import type { Logger } from 'pino';
import { randomUUID } from 'node:crypto';

const streamOf = (service: string, partition: number): string => `{${service}}:events:${partition}`;
const nothing = () => Promise.resolve();
const AT_ONCE = '100';

/** An entry that a member of the group is to apply, and has not acknowledged. */
export interface Delivery {
  event: Envelope;
  acknowledge: () => Promise<unknown>;
}

/** One member of a service's group that reads a speaker's streams. */
export interface Member {
  /** What nobody of the group was given yet; waits at most so many milliseconds. */
  read: (wait: number) => Promise<Delivery[]>;
  /** What somebody was given so many milliseconds ago, and did not acknowledge. */
  claim: (idle: number) => Promise<Delivery[]>;
  close: () => void;
}

export interface GroupBus extends EventBus {
  join: (speaker: string) => Member;
}

/** In the place of redis-bus.ts: streams whose entries get their ids from Redis, read by a consumer group a service. */
export function redisBus(url: string, name: string, logger: Logger): GroupBus {
  const redis = redisWriter(url, name, logger);
  const members = new Set<Member>();
  return {
    publish: async (service, events) => {
      const pipeline = redis.pipeline();
      for (const event of events) {
        pipeline.xadd(streamOf(service, event.partition), 'MAXLEN', '~', TAIL, '*', 'event', encode(event));
      }
      for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
    },
    heads: () => Promise.resolve([]),
    erase: nothing,
    forget: nothing,
    subscribe: () => {
      throw new Error('one joins the group of a service');
    },
    join: speaker => {
      const member = memberOf(redisReader(url, `${name}:${speaker}`, logger), speaker, name);
      members.add(member);
      return member;
    },
    onUp: listener => {
      onUp(redis, listener);
    },
    close: () => {
      redis.disconnect();
      for (const member of members) member.close();
    },
  };
}

type Entries = [id: string, fields: string[] | null][];

function memberOf(redis: RedisClient, speaker: string, group: string): Member {
  const streams = Array.from({ length: PARTITIONS }, (_, partition) => streamOf(speaker, partition));
  const own = randomUUID();
  const deliveries = (stream: string, entries: Entries): Delivery[] =>
    entries.flatMap(([id, fields]) => {
      const event = decode(fields?.[1] ?? '');
      return event ? { event, acknowledge: () => redis.call('XACK', stream, group, id) } : [];
    });
  // a Redis that is new knows no group
  const founded = async <Found>(ask: () => Promise<Found>): Promise<Found> => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('NOGROUP'))) throw error;
      for (const stream of streams) {
        await redis.call('XGROUP', 'CREATE', stream, group, '0', 'MKSTREAM').catch(() => undefined);
      }
      return ask();
    }
  };
  return {
    read: async wait => {
      const marks = streams.map(() => '>');
      const options = ['COUNT', AT_ONCE, 'BLOCK', String(wait), 'STREAMS', ...streams, ...marks];
      const found = await founded(() => redis.call('XREADGROUP', 'GROUP', group, own, ...options));
      return ((found ?? []) as [string, Entries][]).flatMap(([stream, entries]) => deliveries(stream, entries));
    },
    claim: async idle => {
      const found: Delivery[] = [];
      for (const stream of streams) {
        const options = [stream, group, own, String(idle), '0', 'COUNT', AT_ONCE];
        const [, entries] = (await founded(() => redis.call('XAUTOCLAIM', ...options))) as [string, Entries];
        found.push(...deliveries(stream, entries));
      }
      return found;
    },
    close: () => {
      redis.disconnect();
    },
  };
}
