import type { Envelope } from '@mealprep360/contracts/envelope';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { NotYet } from '../src/commands.ts';
import { reactions, type Reactions } from '../src/reactions.ts';
import type { Tx } from '../src/unit-of-work.ts';
import { ana, dropAndClose, heard, neighbourhood, openTestDatabase, outbox, rated, testRedis } from './kit.ts';

const { url, redis } = testRedis(3);
let name: string;
let owner: Database;
let reader: Database;
let house: ReturnType<typeof neighbourhood>;
beforeAll(() => redis.flushdb());
beforeEach(async () => {
  name = `reader_${newId().slice(-6)}`;
  owner = await openTestDatabase(`owner_of_${name}`);
  reader = await openTestDatabase(name);
  house = neighbourhood({ url });
});
afterEach(async () => {
  await house.stopAll();
  await dropAndClose(owner, reader);
  await redis.flushdb();
});
afterAll(() => redis.disconnect());

/** Writes down each event; a second time would be a duplicate key, and parked. */
const writeDown = (before: () => Promise<void> = () => Promise.resolve()): Reactions<Tx>[] => [
  reactions<Tx>()('recipes', {
    RecipeRated: async ({ eventId, aggregateId, version }, tx) => {
      await before();
      const at = await tx.db.raw(heard).countDocuments({ aggregateId }, { session: tx.session });
      await tx.db.raw(heard).insertOne({ _id: eventId, aggregateId, version, at }, { session: tx.session });
    },
  }),
];
const count = (): Promise<number> => reader.raw(heard).countDocuments();

/** Every event of every aggregate was heard once, in the order of its versions. */
async function expectAllHeard(total: number): Promise<void> {
  await expect.poll(count, { timeout: 30_000 }).toBe(total);
  const rows = await reader.raw(heard).find().toArray();
  expect(rows.filter(({ at, version }) => at !== version - 1)).toEqual([]);
  expect(await reader.connection.collection('dead_letters').countDocuments()).toBe(0);
}

/** Says `versions` events of each of `aggregates`, five aggregates in a transaction, many transactions at once. */
async function say(aggregates: number, versions: number): Promise<void> {
  const speaker = house.start('recipes', owner);
  const sayAll = async (ids: string[]) => {
    for (let version = 1; version <= versions; version++) {
      await speaker.commit(ana, tx => {
        for (const id of ids) tx.emit(rated(id, version));
      });
    }
  };
  const five = () => Array.from({ length: 5 }, () => newId());
  await Promise.all(Array.from({ length: aggregates / 5 }, () => sayAll(five())));
}

test('a thousand events are heard once each, in order', async () => {
  const runtime = house.start('shopping', reader, { reactions: writeDown() });
  await say(40, 30);
  await expectAllHeard(1200);
  await expect.poll(() => runtime.lag()).toEqual({ recipes: 0 });
  expect(await runtime.ready()).toBe(true);
});

test('who comes late reads from the tail, and from history what the tail has no more', async () => {
  await say(30, 10);
  await expect.poll(() => owner.raw(outbox).countDocuments({ sentAt: null })).toBe(0);
  for (let partition = 0; partition < 8; partition++) {
    await redis.xtrim(`{recipes}:events:${partition}`, 'MAXLEN', 5);
  }
  house.start('shopping', reader, { reactions: writeDown() });
  await expectAllHeard(300);
  expect(house.asked).toContain('recipes/internal/events/read');
});

test('a reader that is stopped in the middle, over and over, misses nothing and does nothing twice', async () => {
  const saying = say(30, 40);
  for (let round = 1; round <= 6; round++) {
    house.start('shopping', reader, { reactions: writeDown() });
    await expect.poll(count, { timeout: 30_000 }).toBeGreaterThan(round * 100);
    await house.stop('shopping');
  }
  await saying;
  house.start('shopping', reader, { reactions: writeDown() });
  await expectAllHeard(1200);
});

test('a reader whose database breaks away in the middle, over and over, misses nothing and does nothing twice', async () => {
  // whatever a lost client had begun holds its rows until the server forgets it
  const admin = reader.connection.getClient().db('admin');
  const { was } = await admin.command({ setParameter: 1, transactionLifetimeLimitSeconds: 3 });
  const saying = say(30, 40);
  for (let round = 1; round <= 3; round++) {
    const breaking = await openTestDatabase(name);
    house.start('shopping', breaking, { reactions: writeDown() });
    await expect.poll(count, { timeout: 30_000 }).toBeGreaterThan(round * 100);
    await breaking.close();
    await house.stop('shopping');
  }
  await saying;
  house.start('shopping', reader, { reactions: writeDown() });
  await expectAllHeard(1200).finally(() =>
    admin.command({ setParameter: 1, transactionLifetimeLimitSeconds: was as number }),
  );
});

test('two processes of one service share the work without doing any twice', async () => {
  house.start('shopping', reader, { reactions: writeDown() });
  house.start('shopping', reader, { reactions: writeDown() });
  await say(40, 25);
  await expectAllHeard(1000);
});

test('an emptied Redis, again and again in the middle, costs nothing but time', async () => {
  house.start('shopping', reader, { reactions: writeDown() });
  const saying = say(40, 30);
  for (let round = 1; round <= 10; round++) {
    await redis.flushdb();
    await expect.poll(count, { timeout: 30_000 }).toBeGreaterThan(round * 100);
  }
  await saying;
  await redis.flushdb();
  await expectAllHeard(1200);
});

test('without any Redis events still arrive, by history', async () => {
  house = neighbourhood({ url: 'redis://127.0.0.1:1' });
  house.start('shopping', reader, { reactions: writeDown() });
  await say(20, 10);
  await expectAllHeard(200);
});

test('a failure that will pass makes the partition wait, and nothing is skipped', async () => {
  let failing = 25;
  const notYet = () => (failing-- > 0 ? Promise.reject(new NotYet('in a moment')) : Promise.resolve());
  house.start('shopping', reader, { reactions: writeDown(notYet) });
  await say(10, 10);
  await expectAllHeard(100);
  expect(failing).toBeLessThan(0);
});

test('what is said to somebody else is passed over, and so is what nobody here reacts to', async () => {
  const runtime = house.start('shopping', reader, { reactions: writeDown() });
  const speaker = house.start('recipes', owner);
  await speaker.commit(ana, tx => {
    tx.emit({ ...rated(newId(), 1), to: 'social' });
    tx.emit({ ...rated(newId(), 1), eventType: 'RecipeForgotten' });
    tx.emit({ ...rated(newId(), 1), to: 'shopping' });
  });
  await expectAllHeard(1);
  await expect.poll(() => runtime.lag()).toEqual({ recipes: 0 });
});

test('what follows from an event is said in the name of who caused it', async () => {
  const follow = newId();
  const echo = reactions<Tx>()('recipes', {
    RecipeRated: (_, tx) => {
      tx.emit(rated(follow, 1));
      return Promise.resolve();
    },
  });
  house.start('shopping', reader, { reactions: [echo] });
  const speaker = house.start('recipes', owner);
  await speaker.commit(ana, tx => tx.emit(rated(newId(), 1)));
  await expect.poll(() => reader.raw(outbox).findOne({ aggregateId: follow })).not.toBeNull();
  const cause = await owner.raw(outbox).findOne();
  const effect = await reader.raw(outbox).findOne({ aggregateId: follow });
  expect(effect).toMatchObject({ userId: ana.userId, correlationId: ana.correlationId, causationId: cause?._id });
});

test('an erased aggregate ends as if it were deleted, once, also when its events are gone from Redis', async () => {
  const ends: Pick<Envelope, 'aggregateId' | 'eventData'>[] = [];
  const end = reactions<Tx>()('recipes', {
    RecipeDeleted: ({ aggregateId, eventData }) => Promise.resolve(ends.push({ aggregateId, eventData })),
  });
  const speaker = house.start('recipes', owner);
  const id = newId();
  for (let version = 1; version <= 3; version++) {
    const event = { ...rated(id, version), aggregateType: 'Recipe' };
    await speaker.commit(ana, tx => tx.emit(event));
  }
  await expect.poll(() => owner.raw(outbox).countDocuments({ sentAt: null })).toBe(0);
  await owner.raw(outbox).updateMany({ aggregateId: id }, { $set: { erased: true, eventData: null } });
  await redis.flushdb();
  const runtime = house.start('shopping', reader, { reactions: [end] });
  await expect.poll(() => ends, { timeout: 10_000 }).toEqual([{ aggregateId: id, eventData: { id } }]);
  await expect.poll(() => runtime.lag()).toEqual({ recipes: 0 });
  expect(ends).toHaveLength(1);
  expect(await runtime.commit(ana, tx => tx.isEntombed('Recipe', id))).toBe(true);
});
