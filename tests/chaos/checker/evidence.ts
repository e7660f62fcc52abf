import type { DeadLetter } from '@mealprep360/events/dead-letters';
import type { OutboxRow } from '@mealprep360/events/outbox';
import { PARTITIONS } from '@mealprep360/contracts/envelope';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { services, type Service } from '../chaos-house.ts';

/** All that seven databases and Redis hold, as whoever runs the house may read it. */
export interface Evidence {
  /** a collection of a service, whatever is in it */
  rows: <Row extends object>(service: Service, collection: string, filter?: object) => Promise<Row[]>;
  collectionsOf: (service: Service) => Promise<string[]>;
  /** everything that a service said, each aggregate's and each partition's in order */
  said: (service: Service) => Promise<OutboxRow[]>;
  letters: (service: Service) => Promise<DeadLetter[]>;
  /** the number of the last event that the bus was given, by partition */
  busHeads: (service: Service) => Promise<number[]>;
  /** every key of Redis, and its value as it lies in memory: also what is only marked as deleted */
  keys: () => Promise<{ key: string; bytes: Buffer }[]>;
  close: () => Promise<void>;
}

const outboxOf = (service: Service): string => (service === 'users' ? 'user_events' : 'outbox');

export async function openEvidence(mongodb: string, redisUrl: string): Promise<Evidence> {
  const client = await new mongoose.mongo.MongoClient(mongodb, { readPreference: 'primary' }).connect();
  const redis = new Redis(redisUrl, { replyMapping: 'legacy' });
  redis.on('error', () => undefined);
  const database = (service: Service) => client.db(`mealprep360_${service}`);
  const rows: Evidence['rows'] = async <Row extends object>(service: Service, collection: string, filter = {}) =>
    (await database(service)
      .collection(collection, { ignoreUndefined: true, promoteBuffers: true })
      .find(filter, { sort: { $natural: 1 }, batchSize: 10_000 })
      .toArray()) as unknown as Row[];
  const headOf = async (stream: string): Promise<number> => {
    const facts = (await redis.xinfo('STREAM', stream).catch(() => [])) as unknown[];
    const last = facts.indexOf('last-generated-id');
    return last < 0 ? 0 : Number(String(facts[last + 1]).split('-')[0]);
  };
  return {
    rows,
    collectionsOf: async service => (await database(service).listCollections().toArray()).map(({ name }) => name),
    said: async service => {
      const all = await rows<OutboxRow>(service, outboxOf(service));
      return all.toSorted((a, b) => a.partition - b.partition || (a.seq ?? Infinity) - (b.seq ?? Infinity));
    },
    letters: service => rows<DeadLetter>(service, 'dead_letters'),
    busHeads: service =>
      Promise.all(Array.from({ length: PARTITIONS }, (_, partition) => headOf(`{${service}}:events:${partition}`))),
    keys: async () => {
      await redis.config('SET', 'rdbcompression', 'no');
      const keys = await redis.keys('*');
      const bytes = await Promise.all(keys.map(key => redis.dumpBuffer(key)));
      return keys.map((key, index) => ({ key, bytes: Buffer.concat([Buffer.from(key), bytes[index] ?? Buffer.of()]) }));
    },
    close: async () => {
      redis.disconnect();
      await client.close();
    },
  };
}

/** What each service said. */
export type Said = ReadonlyMap<Service, readonly OutboxRow[]>;

export async function allSaid(evidence: Evidence): Promise<Said> {
  return new Map(await Promise.all(services.map(async name => [name, await evidence.said(name)] as const)));
}

/** The last event of each aggregate of a type, by its id. */
export function lastOf(said: Said, service: Service, aggregateType: string): Map<string, OutboxRow> {
  const last = new Map<string, OutboxRow>();
  for (const row of said.get(service) ?? []) {
    if (row.aggregateType !== aggregateType) continue;
    if ((last.get(row.aggregateId)?.version ?? 0) < row.version) last.set(row.aggregateId, row);
  }
  return last;
}

export const isEnd = (row: OutboxRow): boolean => row.erased || row.eventType === `${row.aggregateType}Deleted`;
