import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EventBus } from '../src/bus.ts';
import { memoryBus } from '../src/memory-bus.ts';
import { reactions } from '../src/reactions.ts';
import type { Tx } from '../src/unit-of-work.ts';
import { ana, dropAndClose, heard, neighbourhood, openTestDatabase, rated } from './kit.ts';

let owner: Database;
let reader: Database;
let house: ReturnType<typeof neighbourhood>;
beforeEach(async () => {
  const name = newId().slice(-6);
  owner = await openTestDatabase(`unruly_${name}`);
  reader = await openTestDatabase(`reader_${name}`);
});
afterEach(async () => {
  await house.stopAll();
  await dropAndClose(owner, reader);
});

/** A bus that delivers twice, in any order, late, from long ago, or not at all. */
function unruly(bus: EventBus): EventBus {
  const once = <Each>(events: Each[]): Each[] => events.filter(() => Math.random() < 0.9);
  const shuffled = <Each>(events: Each[]): Each[] =>
    events
      .map(event => ({ event, at: Math.random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ event }) => event);
  return {
    ...bus,
    subscribe: speaker => {
      const subscription = bus.subscribe(speaker);
      return {
        ...subscription,
        read: async (positions, wait) => {
          const back = Math.random() < 0.3 ? 50 : 0;
          const earlier = new Map([...positions].map(([partition, seq]) => [partition, Math.max(0, seq - back)]));
          const events = await subscription.read(earlier, Math.min(wait, 200));
          await pause(Math.random() * 20);
          return shuffled([...once(events), ...once(events)]);
        },
      };
    },
  };
}

test('a bus that repeats, shuffles, delays and loses is heard as if it did not', { timeout: 120_000 }, async () => {
  house = neighbourhood(unruly(memoryBus()));
  const speaker = house.start('recipes', owner);
  const writeDown = reactions<Tx>()('recipes', {
    RecipeRated: async ({ eventId, aggregateId, version }, tx) => {
      const at = await tx.db.raw(heard).countDocuments({ aggregateId }, { session: tx.session });
      await tx.db.raw(heard).insertOne({ _id: eventId, aggregateId, version, at }, { session: tx.session });
    },
  });
  // two processes of one service, each with its own reader
  house.start('shopping', reader, { reactions: [writeDown] });
  house.start('shopping', reader, { reactions: [writeDown] });
  const ids = Array.from({ length: 20 }, () => newId());
  for (let version = 1; version <= 40; version++) {
    await speaker.commit(ana, tx => {
      for (const id of ids) tx.emit(rated(id, version));
    });
  }
  await expect.poll(() => reader.raw(heard).countDocuments(), { timeout: 90_000 }).toBe(20 * 40);
  const rows = await reader.raw(heard).find().toArray();
  expect(rows.filter(({ at, version }) => at !== version - 1)).toEqual([]);
  expect(await reader.connection.collection('dead_letters').countDocuments()).toBe(0);
});

/** A bus that takes everything, has every head, and brings nobody anything. */
const mute = (bus: EventBus): EventBus => ({
  ...bus,
  subscribe: speaker => {
    const end = new AbortController();
    return {
      ...bus.subscribe(speaker),
      read: (_, wait) => pause(wait, [], { signal: end.signal }).catch(() => []),
      close: () => {
        end.abort();
      },
    };
  },
});

test('a bus that says nothing is noticed when the owner tells its heads, every 2 s', async () => {
  house = neighbourhood(mute(memoryBus()));
  const speaker = house.start('recipes', owner);
  const writeDown = reactions<Tx>()('recipes', {
    RecipeRated: async ({ eventId, aggregateId, version }, tx) => {
      await tx.db.raw(heard).insertOne({ _id: eventId, aggregateId, version, at: 0 }, { session: tx.session });
    },
  });
  const listener = house.start('shopping', reader, { reactions: [writeDown] });
  await expect.poll(() => listener.ready()).toBe(true);
  for (let version = 1; version <= 3; version++) {
    const id = newId();
    const began = performance.now();
    await speaker.commit(ana, tx => tx.emit(rated(id, 1)));
    const isHeard = () => reader.raw(heard).countDocuments({ aggregateId: id });
    await expect.poll(isHeard, { timeout: 10_000 }).toBe(1);
    expect(performance.now() - began).toBeLessThan(6000);
  }
});
