import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EventRuntime } from '../src/event-runtime.ts';
import { memoryBus } from '../src/memory-bus.ts';
import { partitionOf } from '../src/outbox.ts';
import { reactions } from '../src/reactions.ts';
import type { Tx } from '../src/unit-of-work.ts';
import { ana, dropAndClose, heard, neighbourhood, openTestDatabase, rated } from './kit.ts';

const house = neighbourhood(memoryBus());
let owner: Database;
let reader: Database;
let speaker: EventRuntime<Tx>;
let listener: EventRuntime<Tx>;
let poison: string;
let tries = 0;
/** what is called when an event is applied whose aggregate stands here */
const whenApplied = new Map<string, () => Promise<unknown>>();

const writeDown = reactions<Tx>()('recipes', {
  RecipeRated: async ({ eventId, aggregateId, version }, tx) => {
    await whenApplied.get(aggregateId)?.();
    if (`${aggregateId}:${version}` === poison) {
      tries += 1;
      throw new Error('this cannot be digested');
    }
    await tx.db.raw(heard).insertOne({ _id: eventId, aggregateId, version, at: 0 }, { session: tx.session });
  },
});
beforeAll(async () => {
  owner = await openTestDatabase('dead_owner');
  reader = await openTestDatabase('dead_reader');
  speaker = house.start('recipes', owner);
  listener = house.start('shopping', reader, { reactions: [writeDown] });
});
beforeEach(() => {
  tries = 0;
  whenApplied.clear();
});
afterEach(async () => {
  await reader.connection.collection('dead_letters').deleteMany({});
  await reader.raw(heard).deleteMany({});
});
afterAll(async () => {
  await house.stopAll();
  await dropAndClose(owner, reader);
});

const versionsOf = async (aggregateId: string): Promise<number[]> =>
  (await reader.raw(heard).find({ aggregateId }).sort({ $natural: 1 }).toArray()).map(row => row.version);
const say = (aggregateId: string, version: number): Promise<void> =>
  speaker.commit(ana, tx => tx.emit(rated(aggregateId, version)));
const all = async () => (await listener.deadLetters.list({}, 100)).rows;
const ina = { by: 'ina', reason: null };
const letters = async () => (await all()).map(({ event, error }) => ({ v: event.version, error }));

/** Version 2 of one aggregate is poison; five versions of it and of twenty others are said. */
async function sayWithPoison(): Promise<{ sick: string; healthy: string[] }> {
  const sick = newId();
  const healthy = Array.from({ length: 20 }, () => newId());
  poison = `${sick}:2`;
  for (let version = 1; version <= 5; version++) {
    await Promise.all([sick, ...healthy].map(id => say(id, version)));
  }
  await expect.poll(() => reader.raw(heard).countDocuments(), { timeout: 15_000 }).toBe(101);
  await expect.poll(letters).toHaveLength(4);
  return { sick, healthy };
}

test('poison is tried five times, then parked with what follows of its aggregate, while all others flow', async () => {
  const { sick, healthy } = await sayWithPoison();
  expect(tries).toBeGreaterThanOrEqual(5);
  expect(await versionsOf(sick)).toEqual([1]);
  for (const id of healthy) expect(await versionsOf(id)).toEqual([1, 2, 3, 4, 5]);
  expect(await letters()).toEqual([
    { v: 2, error: 'this cannot be digested' },
    { v: 3, error: null },
    { v: 4, error: null },
    { v: 5, error: null },
  ]);
});

test('once it is mended, redriving applies the parked events in order, and later ones flow again', async () => {
  const { sick } = await sayWithPoison();
  const [first] = await all();
  expect(await listener.deadLetters.redrive(first?._id ?? '', ina)).toEqual({
    applied: 0,
    error: 'this cannot be digested',
  });
  expect(await versionsOf(sick)).toEqual([1]);
  poison = '';
  expect(await listener.deadLetters.redrive(first?._id ?? '', ina)).toEqual({ applied: 4, error: null });
  await say(sick, 6);
  await expect.poll(() => versionsOf(sick)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await letters()).toEqual([]);
});

test('a discarded event is kept with its reason, and what stood behind it goes on', async () => {
  const { sick } = await sayWithPoison();
  const [first] = await all();
  expect(await listener.deadLetters.discard(first?._id ?? '', { by: 'ina', reason: 'nobody needs it' })).toEqual({
    applied: 3,
    error: null,
  });
  expect(await versionsOf(sick)).toEqual([1, 3, 4, 5]);
  const left = await all();
  expect(left).toMatchObject([
    { state: 'DISCARDED', operatorActions: [{ action: 'discard', by: 'ina', reason: 'nobody needs it' }] },
  ]);
  expect(left[0]?.operatorActions?.[0]?.at).toBeInstanceOf(Date);
  await expect(listener.deadLetters.redrive(first?._id ?? '', ina)).rejects.toThrow('is parked');
});

test('an event that comes in while the last one before it is redriven does not wait behind nobody', async () => {
  // of the same partition, and applied in the same transaction, which begins before the redrive and ends after it
  const other = newId();
  let sick = newId();
  while (partitionOf(sick) !== partitionOf(other)) sick = newId();
  poison = `${sick}:1`;
  await say(sick, 1);
  await expect.poll(letters).toHaveLength(1);
  poison = '';
  const [first] = await all();
  let redriven: Promise<unknown> | undefined;
  whenApplied.set(other, () => (redriven ??= listener.deadLetters.redrive(first?._id ?? '', ina)));
  await speaker.commit(ana, tx => {
    tx.emit(rated(other, 1));
    tx.emit(rated(sick, 2));
  });
  await expect.poll(() => versionsOf(sick)).toEqual([1, 2]);
  expect(await redriven).toEqual({ applied: 1, error: null });
  expect(await letters()).toEqual([]);
});

test('an event that is applied while somebody gives it up is not told to be given up', async () => {
  const sick = newId();
  poison = `${sick}:1`;
  await say(sick, 1);
  await expect.poll(letters).toHaveLength(1);
  poison = '';
  const eventId = (await all())[0]?._id ?? '';
  let discarded: Promise<unknown> | undefined;
  whenApplied.set(sick, () => {
    discarded ??= listener.deadLetters.discard(eventId, { by: 'ben', reason: 'nobody needs it' });
    discarded.catch(() => undefined);
    // by then it has looked, too, and waits for this transaction
    return listener.deadLetters.find(eventId);
  });
  expect(await listener.deadLetters.redrive(eventId, ina)).toEqual({ applied: 1, error: null });
  await expect(discarded).rejects.toThrow('is parked');
  expect(await versionsOf(sick)).toEqual([1]);
});
