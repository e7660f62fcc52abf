import type { Envelope } from '@mealprep360/contracts/envelope';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventBus } from '../src/bus.ts';
import { memoryBus } from '../src/memory-bus.ts';
import { redisBus } from '../src/redis-bus.ts';
import { logger, testRedis } from './kit.ts';

const { url, redis } = testRedis(1);
afterAll(async () => {
  await redis.flushdb();
  redis.disconnect();
});

const upBus = (bus: EventBus): Promise<EventBus> =>
  new Promise(resolve => {
    bus.onUp(() => {
      resolve(bus);
    });
  });

const event = (partition: number, seq: number): Envelope => ({
  eventId: newId(),
  eventType: 'RecipeRated',
  aggregateId: newId(),
  aggregateType: 'RecipeRating',
  eventData: { text: 'ä "quoted" line\nbreak', nested: [{ n: 1.5 }, null] },
  timestamp: new Date(),
  version: 1,
  schemaVersion: 1,
  partition,
  seq,
  correlationId: 'c',
  causationId: null,
  traceparent: null,
  userId: null,
  to: null,
  erased: false,
});

describe.each([
  ['Redis Streams', () => upBus(redisBus(url, 'test', logger))],
  ['memory', () => Promise.resolve(memoryBus())],
])('a bus over %s', (_, make) => {
  let bus: EventBus;
  let service: string;
  beforeEach(async () => {
    bus = await make();
    service = newId();
  });
  afterEach(() => {
    bus.close();
  });

  test('brings events as they were published, in order, from where the reader stands', async () => {
    const events = [event(0, 1), event(0, 2), event(0, 3), event(5, 1)];
    await bus.publish(service, events);
    const subscription = bus.subscribe(service);
    const from = (position: number) => subscription.read(new Map([[0, position]]), 50);
    expect(await from(0)).toEqual(events.slice(0, 3));
    expect(await from(2)).toEqual([events[2]]);
    expect(await from(3)).toEqual([]);
    subscription.close();
  });

  test('wakes a reader that waits', async () => {
    const subscription = bus.subscribe(service);
    const [first, second] = [event(3, 1), event(3, 2)];
    await bus.publish(service, [first]);
    const waiting = subscription.read(
      new Map([
        [3, 1],
        [4, 0],
      ]),
      5000,
    );
    await bus.publish(service, [second]);
    expect(await waiting).toEqual([second]);
    subscription.close();
  });

  test('passes over what it has already, and goes on with the rest', async () => {
    const events = [event(1, 1), event(1, 2)];
    await bus.publish(service, events);
    await bus.publish(service, [...events, event(1, 3)]);
    const subscription = bus.subscribe(service);
    const seqs = (await subscription.read(new Map([[1, 0]]), 50)).map(({ seq }) => seq);
    expect(seqs).toEqual([1, 2, 3]);
    subscription.close();
  });

  test('knows the last number of each partition, and nothing of one that it forgot', async () => {
    expect(await bus.heads(service)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    await bus.publish(service, [event(2, 7), event(6, 9)]);
    expect(await bus.heads(service)).toEqual([0, 0, 7, 0, 0, 0, 9, 0]);
    await bus.forget(service, 2);
    expect(await bus.heads(service)).toEqual([0, 0, 0, 0, 0, 0, 9, 0]);
    await bus.publish(service, [event(2, 1)]);
    expect((await bus.heads(service))[2]).toBe(1);
  });

  test('keeps services apart, and lets several read the same', async () => {
    await bus.publish(service, [event(0, 1)]);
    const [one, other, stranger] = [bus.subscribe(service), bus.subscribe(service), bus.subscribe(newId())];
    const positions = new Map([[0, 0]]);
    expect(await one.read(positions, 20)).toHaveLength(1);
    expect(await other.read(positions, 20)).toHaveLength(1);
    expect(await stranger.read(positions, 20)).toEqual([]);
    for (const subscription of [one, other, stranger]) subscription.close();
  });

  test('ends a read that waits when it is closed', async () => {
    const subscription = bus.subscribe(service);
    const started = performance.now();
    const ended = subscription.read(new Map([[0, 0]]), 30_000).catch(() => []);
    subscription.close();
    expect(await ended).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
