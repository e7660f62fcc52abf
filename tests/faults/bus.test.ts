import type { Envelope } from '@mealprep360/contracts/envelope';
import { TAIL, type EventBus, type Subscription } from '@mealprep360/events/bus';
import { memoryBus } from '@mealprep360/events/memory-bus';
import { redisBus } from '@mealprep360/events/redis-bus';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { redisKinds, type OwnRedis } from './redis-kinds.ts';

const logger = pino({ level: 'silent' });
const kinds = await redisKinds();
const here = kinds.filter(({ missing }) => missing === null);

let number = 0;
const newName = (): string => `service-${(number += 1)}`;

const event = (partition: number, seq: number): Envelope => ({
  eventId: `${partition}-${seq}`,
  eventType: 'RecipeRated',
  aggregateId: 'rating-1',
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
const events = (partition: number, from: number, to: number): Envelope[] =>
  Array.from({ length: to - from + 1 }, (_, index) => event(partition, from + index));
const garbage = (partition: number, seq: number): Envelope => ({ ...event(partition, seq), eventType: '' });

const upBus = (bus: EventBus): Promise<EventBus> =>
  new Promise(resolve => {
    bus.onUp(() => {
      resolve(bus);
    });
  });

/** All that a reader at these positions is given until there is no more, by partition and number. */
async function readAll(subscription: Subscription, positions: [number, number][]): Promise<string[]> {
  const at = new Map(positions);
  const seen: string[] = [];
  for (;;) {
    const found = await subscription.read(at, 30);
    if (found.length === 0) return seen;
    for (const { partition, seq } of found) {
      seen.push(`${partition}-${seq}`);
      at.set(partition, Math.max(seq, at.get(partition) ?? 0));
    }
  }
}

/** The next events of a reader that goes on when the bus went away, as a consumer does. */
const readOn = (subscription: Subscription, positions: Map<number, number>): Promise<Envelope[]> =>
  vi.waitFor(
    async () => {
      const found = await subscription.read(positions, 500);
      if (found.length === 0) throw new Error('nothing yet');
      return found;
    },
    { timeout: 20_000 },
  );

interface Given {
  bus: EventBus;
  stop: () => Promise<void>;
}

describe.each([
  { title: 'memory', give: (): Promise<Given> => Promise.resolve({ bus: memoryBus(), stop: () => Promise.resolve() }) },
  ...here.map(({ title, start }) => ({
    title,
    give: async (): Promise<Given> => {
      const redis = await start();
      return { bus: await upBus(redisBus(redis.url, 'test', logger)), stop: redis.stop };
    },
  })),
])('a bus over $title', ({ give }) => {
  let bus: EventBus;
  let stop: () => Promise<void>;
  let service: string;
  let subscription: Subscription;
  beforeAll(async () => {
    ({ bus, stop } = await give());
  });
  beforeEach(() => {
    service = newName();
    subscription = bus.subscribe(service);
  });
  afterEach(() => {
    subscription.close();
  });
  afterAll(async () => {
    bus.close();
    await stop();
  });

  test('brings events as they were published, in order, from where the reader stands', async () => {
    const published = [...events(0, 1, 3), event(5, 1)];
    await bus.publish(service, published);
    const from = (position: number) => subscription.read(new Map([[0, position]]), 50);
    expect(await from(0)).toEqual(published.slice(0, 3));
    expect(await from(2)).toEqual([published[2]]);
    expect(await from(3)).toEqual([]);
  });

  test('brings several partitions at once, each in its order', async () => {
    await bus.publish(service, [...events(1, 1, 3), ...events(4, 1, 2), ...events(7, 1, 1), ...events(2, 1, 9)]);
    const found = await subscription.read(new Map([1, 4, 7].map(partition => [partition, 0])), 50);
    expect(found.map(({ partition, seq }) => `${partition}-${seq}`).sort()).toEqual([
      '1-1',
      '1-2',
      '1-3',
      '4-1',
      '4-2',
      '7-1',
    ]);
    expect(found.filter(({ partition }) => partition === 1).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test('wakes a reader that waits', async () => {
    await bus.publish(service, [event(3, 1)]);
    const started = performance.now();
    const waiting = subscription.read(
      new Map([
        [3, 1],
        [4, 0],
      ]),
      9000,
    );
    const second = event(3, 2);
    await bus.publish(service, [second]);
    expect(await waiting).toEqual([second]);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('passes over what it has already, and goes on with the rest', async () => {
    await bus.publish(service, events(1, 1, 2));
    await bus.publish(service, events(1, 1, 3));
    await bus.publish(service, events(1, 2, 2));
    expect(await readAll(subscription, [[1, 0]])).toEqual(['1-1', '1-2', '1-3']);
  });

  test('takes numbers with a gap, and shows the gap', async () => {
    await bus.publish(service, [event(6, 2), event(6, 9)]);
    expect(await readAll(subscription, [[6, 0]])).toEqual(['6-2', '6-9']);
    expect((await bus.heads(service))[6]).toBe(9);
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

  test('gives an erased event to nobody and never takes it again, and keeps the number', async () => {
    await bus.publish(service, [...events(0, 1, 3), event(1, 1)]);
    await bus.erase(service, 0, [1, 3, 99]);
    await bus.erase(service, 1, [1]);
    await bus.erase(service, 2, []);
    await bus.publish(service, [...events(0, 1, 3), event(1, 1)]);
    expect(
      await readAll(subscription, [
        [0, 0],
        [1, 0],
      ]),
    ).toEqual(['0-2']);
    expect((await bus.heads(service)).slice(0, 3)).toEqual([3, 1, 0]);
    await bus.publish(service, [event(0, 4)]);
    expect(await readAll(subscription, [[0, 0]])).toEqual(['0-2', '0-4']);
  });

  test('keeps a tail only, and the numbers of all', async () => {
    const last = TAIL + 300;
    for (let from = 1; from <= last; from += 1000) {
      await bus.publish(service, events(3, from, Math.min(last, from + 999)));
    }
    const [first] = await subscription.read(new Map([[3, 0]]), 50);
    expect(first?.seq).toBeGreaterThan(1);
    expect(first?.seq).toBeLessThanOrEqual(301);
    expect((await bus.heads(service))[3]).toBe(last);
  });

  test('passes over what is no event, and waits behind it', async () => {
    await bus.publish(service, [garbage(5, 1), event(5, 2), garbage(5, 3)]);
    expect(await readAll(subscription, [[5, 0]])).toEqual(['5-2']);
    const started = performance.now();
    expect(await subscription.read(new Map([[5, 2]]), 200)).toEqual([]);
    expect(performance.now() - started).toBeGreaterThan(150);
    const waiting = subscription.read(new Map([[5, 2]]), 9000);
    await bus.publish(service, [event(5, 4)]);
    expect((await waiting).map(({ seq }) => seq)).toEqual([4]);
  });

  test('keeps services apart, and lets several read the same', async () => {
    await bus.publish(service, [event(0, 1)]);
    const [other, stranger] = [bus.subscribe(service), bus.subscribe(newName())];
    const read = (one: Subscription) => one.read(new Map([[0, 0]]), 20);
    expect(await Promise.all([subscription, other, stranger].map(read))).toMatchObject([
      [{ seq: 1 }],
      [{ seq: 1 }],
      [],
    ]);
    for (const one of [other, stranger]) one.close();
  });

  test('ends a read that waits when the reader is closed, or the bus', async () => {
    const waits = (one: Subscription) => one.read(new Map([[0, 0]]), 30_000);
    const started = performance.now();
    const ended = waits(subscription);
    subscription.close();
    expect(await ended).toEqual([]);
    const { bus: second, stop: end } = await give();
    const last = waits(second.subscribe(service));
    second.close();
    expect(await last).toEqual([]);
    await end();
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

for (const { title, missing } of kinds) {
  if (missing !== null) test.skip(`a bus over ${title}: it is not to be had here (${missing})`, () => undefined);
}

describe.each(here)('a bus over $title, when it is hurt,', ({ start }) => {
  let redis: OwnRedis;
  let bus: EventBus;
  let service: string;
  let ups = 0;
  beforeAll(async () => {
    redis = await start();
    bus = redisBus(redis.url, 'test', logger);
    bus.onUp(() => {
      ups += 1;
    });
    await upBus(bus);
  });
  beforeEach(() => {
    service = newName();
  });
  afterAll(async () => {
    bus.close();
    await redis.stop();
  });
  const streamOf = (partition: number): string => `{${service}}:events:${partition}`;

  test('has no heads after it was emptied, and takes all events again', async () => {
    const subscription = bus.subscribe(service);
    await bus.publish(service, events(0, 1, 5));
    await redis.onEach('FLUSHALL');
    expect(await bus.heads(service)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    await bus.publish(service, events(0, 3, 6));
    expect(await readAll(subscription, [[0, 4]])).toEqual(['0-5', '0-6']);
    subscription.close();
  });

  test('keeps its heads when others trim its streams or delete entries', async () => {
    await bus.publish(service, [...events(0, 1, 5), ...events(1, 1, 2)]);
    await redis.admin.xtrim(streamOf(0), 'MAXLEN', 0);
    await redis.admin.xdel(streamOf(1), '1-0', '2-0');
    expect((await bus.heads(service)).slice(0, 2)).toEqual([5, 2]);
  });

  test('passes over what others wrote into its streams', async () => {
    const subscription = bus.subscribe(service);
    await redis.admin.xadd(streamOf(0), '1-0', 'event', 'no JSON');
    await redis.admin.xadd(streamOf(0), '1-1', 'other', 'field', 'event', '{}');
    await bus.publish(service, events(0, 2, 3));
    expect(await readAll(subscription, [[0, 0]])).toEqual(['0-2', '0-3']);
    subscription.close();
  });

  test('refuses events while its memory is full, lets some be erased, and has lost none when there is room', async () => {
    const subscription = bus.subscribe(service);
    await bus.publish(service, events(0, 1, 3));
    await redis.onEach('CONFIG', 'SET', 'maxmemory', '1');
    await expect(bus.publish(service, events(0, 4, 6))).rejects.toThrow(/OOM|maxmemory/);
    expect(await readAll(subscription, [[0, 0]])).toEqual(['0-1', '0-2', '0-3']);
    await bus.erase(service, 0, [1]);
    await redis.onEach('CONFIG', 'SET', 'maxmemory', '0');
    await bus.publish(service, events(0, 2, 6));
    expect(await readAll(subscription, [[0, 0]])).toEqual(['0-2', '0-3', '0-4', '0-5', '0-6']);
    subscription.close();
  });

  test('refuses events soon when the server hangs, and takes them when it goes on', async () => {
    await bus.publish(service, events(0, 1, 1));
    const server = await redis.hold(streamOf(0), 'SIGSTOP');
    const started = performance.now();
    await expect(bus.publish(service, events(0, 2, 3))).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan(10_000);
    server.release();
    await vi.waitFor(() => bus.publish(service, events(0, 2, 3)), { timeout: 20_000 });
    const subscription = bus.subscribe(service);
    expect(await readAll(subscription, [[0, 0]])).toEqual(['0-1', '0-2', '0-3']);
    subscription.close();
  });

  test('refuses events at once when the server is killed, tells when it is back, and readers go on', async () => {
    const subscription = bus.subscribe(service);
    await bus.publish(service, events(0, 1, 4));
    const positions = new Map([[0, 4]]);
    const waiting = subscription.read(positions, 30_000).catch(() => []);
    const server = await redis.hold(streamOf(0), 'SIGKILL');
    await expect.poll(() => server.pid()).toBe(null);
    const started = performance.now();
    await expect(bus.publish(service, events(0, 5, 5))).rejects.toThrow();
    await expect(bus.heads(service)).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan(10_000);
    const before = ups;
    server.release();
    await expect.poll(() => ups).toBeGreaterThan(before);
    // the new one is empty: whoever kept the log gives it the tail again
    await vi.waitFor(() => bus.publish(service, events(0, 3, 6)), { timeout: 20_000 });
    expect((await bus.heads(service))[0]).toBe(6);
    const first = await waiting;
    const found = first.length > 0 ? first : await readOn(subscription, positions);
    expect(found.map(({ seq }) => seq)).toContain(5);
    subscription.close();
  });
});
