import { PARTITIONS } from '@mealprep360/contracts/envelope';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { EventBus } from '../src/bus.ts';
import { eraseEvents } from '../src/erase-user-data.ts';
import { headsOf } from '../src/history.ts';
import { hold, leases, release } from '../src/lease.ts';
import { memoryBus } from '../src/memory-bus.ts';
import { partitionOf, type OutboxRow } from '../src/outbox.ts';
import { redisBus } from '../src/redis-bus.ts';
import { numberRows, sendRows, startRelay, type Relay } from '../src/relay.ts';
import { commitAs, unitOfWork, type Commit } from '../src/unit-of-work.ts';
import { ana, dropAndClose, logger, openTestDatabase, outbox, rated, testRedis } from './kit.ts';

const { url, redis } = testRedis(2);
let db: Database;
let commit: Commit;
let relays: Relay[] = [];
beforeAll(async () => {
  db = await openTestDatabase('relay');
  commit = commitAs(unitOfWork(db, outbox, () => undefined));
});
beforeEach(async () => {
  await db.raw(outbox).deleteMany({});
  await redis.flushdb();
});
afterEach(async () => {
  await Promise.all(relays.map(relay => relay.stop()));
  relays = [];
});
afterAll(async () => {
  redis.disconnect();
  await dropAndClose(db);
});

const relay = (bus: EventBus, service = 'recipes'): Relay => {
  const started = startRelay({ service, db, outbox, bus, logger });
  relays.push(started);
  return started;
};
const say = async (aggregates: number, versions: number): Promise<void> => {
  for (let index = 0; index < aggregates; index++) {
    const id = newId();
    for (let version = 1; version <= versions; version++) {
      await commit(ana, tx => tx.emit(rated(id, version)));
    }
  }
};
const allRows = (): Promise<OutboxRow[]> => db.raw(outbox).find().sort({ partition: 1, seq: 1 }).toArray();
const isAllSent = async (): Promise<boolean> => (await db.raw(outbox).countDocuments({ sentAt: null })) === 0;

/** Per partition 1, 2, 3 … and each aggregate's versions ascending. */
function expectOrder(rows: readonly { partition: number; seq: number | null; aggregateId: string; version: number }[]) {
  const versions = new Map<string, number>();
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const own = rows.filter(row => row.partition === partition);
    expect(own.map(row => row.seq)).toEqual(own.map((_, index) => index + 1));
    for (const { aggregateId, version } of own) {
      expect(version).toBe((versions.get(aggregateId) ?? 0) + 1);
      versions.set(aggregateId, version);
    }
  }
}

test('two who number at once, while more is said, leave no gap and keep every aggregate in order', async () => {
  let isSaying = true;
  const numberOn = async () => {
    while (isSaying || (await db.raw(outbox).countDocuments({ seq: null })) > 0) await numberRows(db, outbox);
  };
  const numbering = [numberOn(), numberOn()];
  await Promise.all([say(12, 25), say(12, 25), say(12, 25)]);
  isSaying = false;
  await Promise.all(numbering);
  const rows = await allRows();
  expect(rows).toHaveLength(900);
  expectOrder(rows);
});

test('two relays without a lease bring every partition to its head, and no event twice', async () => {
  const bus = redisBus(url, 'test', logger);
  await new Promise<void>(resolve => {
    bus.onUp(resolve);
  });
  await say(20, 10);
  const work = { service: 'recipes', db, outbox, bus, logger };
  const both = async () => {
    while (!(await isAllSent())) {
      await numberRows(db, outbox);
      await sendRows(work);
    }
  };
  await Promise.all([both(), both()]);
  const subscription = bus.subscribe('recipes');
  const events = await subscription.read(new Map(Array.from({ length: PARTITIONS }, (_, index) => [index, 0])), 100);
  // one that a rival overtook may be missing on the bus: readers fetch it from history
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const seqs = events.filter(event => event.partition === partition).map(event => event.seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((one, other) => one - other));
  }
  expect(await bus.heads('recipes')).toEqual(await headsOf(db, outbox));
  bus.close();
});

test('what is sealed never leaves', async () => {
  const bus = memoryBus();
  relay(bus);
  await commit(ana, tx => tx.emit(rated(newId(), 1), { sealed: Buffer.from('secret') }));
  await expect.poll(isAllSent).toBe(true);
  const subscription = bus.subscribe('recipes');
  const [event] = await subscription.read(new Map(Array.from({ length: PARTITIONS }, (_, index) => [index, 0])), 100);
  expect(event).toBeDefined();
  expect(event).not.toHaveProperty('sealed');
  expect(event).not.toHaveProperty('sentAt');
});

test('a bus that was emptied gets its tail again, and what is said goes on behind it', async () => {
  const bus = redisBus(url, 'test', logger);
  const first = relay(bus);
  await say(10, 10);
  await expect.poll(isAllSent, { timeout: 10_000 }).toBe(true);
  const before = await bus.heads('recipes');
  await first.stop();
  await redis.flushdb();
  relay(bus);
  await expect.poll(() => bus.heads('recipes'), { timeout: 10_000 }).toEqual(before);
  await say(1, 5);
  await expect.poll(isAllSent, { timeout: 10_000 }).toBe(true);
  expectOrder(await allRows());
  bus.close();
});

test('a bus that holds events of another life is emptied before it is used', async () => {
  const bus = memoryBus();
  const service = 'recipes';
  await say(1, 3);
  await numberRows(db, outbox);
  const [row] = await allRows();
  const partition = row?.partition ?? 0;
  const other = memoryBus();
  await sendRows({ service, db, outbox, bus: other, logger });
  const subscription = other.subscribe(service);
  const [event] = await subscription.read(new Map([[partition, 0]]), 10);
  if (event) await bus.publish(service, [{ ...event, seq: 99 }]);
  relay(bus);
  await expect.poll(async () => (await bus.heads(service))[partition]).toBe(3);
});

test('while the bus is away events are numbered, and sent when it is back', async () => {
  const bus = memoryBus();
  const publish = vi.spyOn(bus, 'publish').mockRejectedValue(new Error('away'));
  const started = relay(bus);
  await say(2, 5);
  started.nudge();
  await expect.poll(() => db.raw(outbox).countDocuments({ seq: null })).toBe(0);
  expect(await db.raw(outbox).countDocuments({ sentAt: null })).toBe(10);
  publish.mockRestore();
  await expect.poll(isAllSent, { timeout: 5000 }).toBe(true);
});

const everything = (bus: EventBus) =>
  bus.subscribe('recipes').read(new Map(Array.from({ length: PARTITIONS }, (_, index) => [index, 0])), 10);
const erase = (aggregateId: string) => commit(ana, tx => eraseEvents(tx, outbox, { aggregateId }));

test('what is erased while the bus is away is taken off it when it is back, to the last byte', async () => {
  const bus = redisBus(url, 'test', logger);
  // what is dumped is then what is in memory
  await redis.config('SET', 'rdbcompression', 'no');
  const away = vi.spyOn(bus, 'erase');
  const started = relay(bus);
  // both in one stream, by turns: blocks hold entries of both
  const gone = newId();
  let kept = newId();
  while (partitionOf(kept) !== partitionOf(gone)) kept = newId();
  for (let version = 1; version <= 30; version++) {
    await commit(ana, tx => tx.emit(rated(gone, version)));
    await commit(ana, tx => tx.emit(rated(kept, version)));
  }
  await expect.poll(isAllSent).toBe(true);
  const bytes = async () => (await redis.dumpBuffer(`{recipes}:events:${partitionOf(gone)}`)).toString('latin1');
  expect(await bytes()).toContain(gone);
  away.mockRejectedValue(new Error('away'));
  expect(await erase(gone)).toBe(30);
  started.nudge();
  await expect.poll(() => away.mock.calls.length).toBeGreaterThan(0);
  expect(await db.raw(outbox).countDocuments({ withdrawn: false })).toBe(30);
  away.mockRestore();
  await expect.poll(isAllSent).toBe(true);
  expect((await everything(bus)).filter(event => event.aggregateId === gone)).toEqual([]);
  expect(await redis.exists(`{recipes}:events:${partitionOf(gone)}`)).toBe(1);
  expect(await bytes()).not.toContain(gone);
  await redis.flushdb();
  await started.stop();
  relay(bus);
  await expect.poll(async () => (await everything(bus)).filter(event => event.aggregateId === gone).length).toBe(30);
  expect((await everything(bus)).filter(event => event.aggregateId === gone && !event.erased)).toEqual([]);
  bus.close();
});

test('what is erased while a relay has it in hand is taken off the bus, too', async () => {
  const bus = memoryBus();
  await say(1, 3);
  await numberRows(db, outbox);
  const [row] = await allRows();
  const publish = vi.spyOn(bus, 'publish').mockImplementationOnce(async (service, events) => {
    await erase(row?.aggregateId ?? '');
    await bus.publish(service, events);
  });
  const work = { service: 'recipes', db, outbox, bus, logger };
  await sendRows(work);
  expect(await db.raw(outbox).countDocuments({ sentAt: null })).toBe(3);
  publish.mockRestore();
  await sendRows(work);
  expect(await everything(bus)).toEqual([]);
  expect(await isAllSent()).toBe(true);
});

test('one relay works at a time, and the next takes over when it gives the lease back or lets it lapse', async () => {
  expect(await hold(db, 'painting', 'ana', 60_000)).toBe(true);
  expect(await hold(db, 'painting', 'ben', 60_000)).toBe(false);
  expect(await hold(db, 'painting', 'ana', 60_000)).toBe(true);
  await release(db, 'painting', 'ana');
  expect(await hold(db, 'painting', 'ben', 0)).toBe(true);
  expect(await hold(db, 'painting', 'ana', 60_000)).toBe(true);
});

test('a relay that starts does not wait for the lease of one that was killed', async () => {
  await hold(db, 'relay', 'killed', 60_000, { atOnce: true });
  await say(2, 2);
  const started = performance.now();
  relay(memoryBus());
  await expect.poll(isAllSent).toBe(true);
  expect(performance.now() - started).toBeLessThan(5000);
});

test('a relay that stands by goes on when what is said is not sent for a second', async () => {
  const first = relay(memoryBus());
  await say(1, 1);
  await expect.poll(isAllSent).toBe(true);
  await hold(db, 'relay', 'stands still', 60_000, { atOnce: true });
  // the first one learns it when it renews its lease, after four seconds
  await say(1, 1);
  first.nudge();
  await expect.poll(isAllSent).toBe(true);
  await expect.poll(async () => (await db.raw(leases).findOne({ _id: 'relay' }))?.holder).toBe('stands still');
  await expect
    .poll(
      async () => {
        await say(1, 1);
        await expect.poll(isAllSent, { timeout: 5000 }).toBe(true);
        return (await db.raw(leases).findOne({ _id: 'relay' }))?.holder;
      },
      { timeout: 30_000 },
    )
    .not.toBe('stands still');
});
