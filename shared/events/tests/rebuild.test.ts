import { RecipeRated } from '@mealprep360/contracts/recipes';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { copyModel } from '../src/copy-rebuild.ts';
import { copies, keepsCopy, type CopyCollection, type CopyRecord } from '../src/copy.ts';
import { deadLetters, letterOf } from '../src/dead-letters.ts';
import type { EventRuntime } from '../src/event-runtime.ts';
import { memoryBus } from '../src/memory-bus.ts';
import { toEnvelope } from '../src/outbox.ts';
import { readModels, targetOf, type Rebuild } from '../src/read-model.ts';
import { closeGate } from '../src/swap-gate.ts';
import type { Tx } from '../src/unit-of-work.ts';
import { ana, dropAndClose, neighbourhood, openTestDatabase, outbox } from './kit.ts';
import { declareRatingCopy, ratingCopy } from './rating-copy.ts';

let owner: Database;
let db: Database;
let house: ReturnType<typeof neighbourhood>;
let recipes: EventRuntime<Tx>;
let listener: EventRuntime<Tx>;
const listen = <State, Data>(copy: CopyCollection<State, Data>) =>
  house.start('shopping', db, { reactions: [keepsCopy(copy)], readModels: [copyModel(copy)] });

beforeAll(async () => {
  [owner, db] = await Promise.all([openTestDatabase('rebuild_owner'), openTestDatabase('rebuild', [ratingCopy])]);
});
beforeEach(() => {
  house = neighbourhood(memoryBus());
  recipes = house.start('recipes', owner);
  listener = listen(ratingCopy);
});
afterEach(() => house.stopAll());
afterAll(() => dropAndClose(owner, db));

const rate = (id: string, version: number, ratingValue: number) =>
  recipes.commit(ana, tx => {
    const data = { id, recipeId: id, userId: id, ratingValue };
    tx.emit(RecipeRated.of(id, version, data));
  });
/** The first of them is gone with version 3. */
const rateAll = (ids: readonly string[], version: number) =>
  recipes.commit(ana, tx => {
    for (const id of ids) {
      const data = { id, recipeId: id, userId: id, ratingValue: (version % 5) + 1 };
      tx.emit(RecipeRated.of(id, version, data), { erased: version === 3 && id === ids[0] });
    }
  });
const rows = () => db.raw<CopyRecord<{ ratingValue: number }>>(ratingCopy);
const ratingOf = async (id: string) => (await rows().findOne({ _id: id }))?.state?.ratingValue;
const arrived = (id: string, ratingValue: number) => expect.poll(() => ratingOf(id)).toBe(ratingValue);

async function rebuilt(): Promise<Rebuild> {
  await listener.readModels.rebuild('rating_copy', 'ana');
  return done();
}
async function done(): Promise<Rebuild> {
  await expect
    .poll(async () => (await listener.readModels.find('rating_copy'))?.state, { timeout: 50_000 })
    .toBe('DONE');
  const found = await listener.readModels.find('rating_copy');
  if (found === null) throw new Error('there was no rebuild');
  return found;
}
const collections = async () => (await db.connection.listCollections()).map(({ name }) => name);

test('a copy that is rebuilt while events and reads go on is what it was, and misses nothing', async () => {
  const ids = Array.from({ length: 30 }, newId);
  for (const id of ids) await rate(id, 1, 1);
  await arrived(ids.at(-1) ?? '', 1);
  const work = { goesOn: true, unread: 0 };
  const saying = (async () => {
    let version = 2;
    for (; work.goesOn; version++) {
      await rateAll(ids, version);
      const heard = async () => (await rows().findOne({ _id: ids[1] ?? '' }))?.version;
      await expect.poll(heard, { interval: 10, timeout: 60_000 }).toBe(version);
    }
    return version - 1;
  })();
  const reading = (async () => {
    while (work.goesOn) {
      if ((await ratingOf(ids[1] ?? '')) === undefined) work.unread += 1;
    }
  })();
  const rebuilds: Rebuild[] = [];
  try {
    for (let time = 1; time <= 3; time++) rebuilds.push(await rebuilt());
  } finally {
    work.goesOn = false;
  }
  const [last] = await Promise.all([saying, reading]);
  for (const { comparison, paused, isSameRevision, by } of rebuilds) {
    expect(comparison).toMatchObject({ missing: 0, extra: 0, different: 0, examples: [] });
    expect(comparison?.rebuiltHash).toBe(comparison?.liveHash);
    expect(paused).toBeLessThanOrEqual(1000);
    expect({ isSameRevision, by }).toEqual({ isSameRevision: true, by: 'ana' });
  }
  expect(work.unread).toBe(0);
  await expect.poll(() => rows().countDocuments({ version: last, _id: { $in: ids } })).toBe(29);
  expect(await rows().countDocuments({ 'state.ratingValue': (last % 5) + 1, _id: { $in: ids } })).toBe(29);
  expect(await ratingOf(ids[0] ?? '')).toBeUndefined();
  expect((await rows().indexes()).map(({ name }) => name)).toContain('updatedAt_1');
  expect(await collections()).not.toContain(targetOf('rating_copy'));
}, 180_000);

test('what a copy has and its history does not tell is found, and mended', async () => {
  const [wrong, lost, right] = [newId(), newId(), newId()];
  for (const id of [wrong, lost, right]) await rate(id, 1, 4);
  for (const id of [wrong, lost, right]) await arrived(id, 4);
  await rows().updateOne({ _id: wrong }, { $set: { 'state.ratingValue': 2 } });
  await rows().deleteOne({ _id: lost });
  await rows().insertOne({ _id: 'made up', version: 7, state: { ratingValue: 1 }, updatedAt: new Date(0) });
  const { comparison, events } = await rebuilt();
  expect(comparison).toMatchObject({ missing: 1, extra: 1, different: 1 });
  expect(comparison?.examples.toSorted()).toEqual(
    [`rating_copy ${wrong}`, `rating_copy ${lost}`, 'rating_copy made up'].toSorted(),
  );
  expect(comparison?.rebuiltHash).not.toBe(comparison?.liveHash);
  expect(events).toBe(await owner.raw(outbox).countDocuments());
  expect([await ratingOf(wrong), await ratingOf(lost), await ratingOf('made up')]).toEqual([4, 4, undefined]);
  expect((await rebuilt()).comparison).toMatchObject({ missing: 0, extra: 0, different: 0 });
});

test('what is awaited, asked ahead of its event, put aside or entombed stays as it is', async () => {
  const [awaited, provisional, ahead, aside, gone] = [newId(), newId(), newId(), newId(), newId()];
  for (const id of [ahead, aside, gone]) await rate(id, 1, 3);
  for (const id of [ahead, aside, gone]) await arrived(id, 3);
  await listener.commit(ana, async tx => {
    const own = copies(ratingCopy, tx);
    await own.await(awaited);
    await own.keep(provisional, 0, { ratingValue: 1 });
    await own.keep(ahead, 2, { ratingValue: 5 });
    await own.drop(gone);
  });
  // version 2 of it was put aside, so the copy stands at version 1 behind a checkpoint that went on
  await rows().updateOne({ _id: aside }, { $set: { version: 9 } });
  await rate(aside, 2, 5);
  const later = newId();
  await rate(later, 1, 2);
  await arrived(later, 2);
  const row = () => owner.raw(outbox).findOne({ aggregateId: aside, version: 2, seq: { $gt: 0 } });
  await expect.poll(row).not.toBeNull();
  const event = await row();
  if (event === null) throw new Error('there is no event');
  const why = { error: 'poison', kind: 'FAILED' } as const;
  await db.raw(deadLetters).insertOne(letterOf('recipes', toEnvelope(event), why, new Date()));
  await rows().updateOne({ _id: aside }, { $set: { version: 1 } });
  const { comparison } = await rebuilt();
  expect(comparison).toMatchObject({ missing: 0, extra: 0, different: 0 });
  expect(await rows().findOne({ _id: awaited })).toMatchObject({ version: 0, state: null });
  expect(await rows().findOne({ _id: provisional })).toMatchObject({ version: 0, state: { ratingValue: 1 } });
  expect(await rows().findOne({ _id: ahead })).toMatchObject({ version: 2, state: { ratingValue: 5 } });
  expect(await rows().findOne({ _id: aside })).toMatchObject({ version: 1, state: { ratingValue: 3 } });
  expect(await ratingOf(gone)).toBeUndefined();
  await db.raw(deadLetters).deleteMany({});
});

test('a raised revision is rebuilt at the next start, and what is older does not write to it any more', async () => {
  const id = newId();
  await rate(id, 1, 2);
  await arrived(id, 2);
  await house.stop('shopping');
  const doubled = declareRatingCopy(2, ({ ratingValue }) => ({ ratingValue: ratingValue * 2 }));
  listener = listen(doubled);
  await arrived(id, 4);
  expect(await done()).toMatchObject({ by: null, isSameRevision: false, revision: 2 });
  expect(await db.raw(readModels).findOne({ _id: 'rating_copy' })).toMatchObject({ revision: 2, gate: null });
  await rate(id, 2, 3);
  await arrived(id, 6);
  const old = listener.commit(ana, tx => copies(ratingCopy, tx).keep(newId(), 1, { ratingValue: 1 }));
  await expect(old).rejects.toThrow("rating_copy is of a newer revision than this process's 1");
  await db.raw(readModels).deleteMany({});
});

test('a gate that was left closed keeps nobody waiting for longer than a second', async () => {
  await rebuilt();
  await db.raw({ ...ratingCopy, name: targetOf('rating_copy') }).insertOne({ _id: 'half' } as never);
  expect(await closeGate(db, 'rating_copy', 'who was killed', 1000)).toBe(true);
  const began = performance.now();
  const id = newId();
  await listener.commit(ana, tx => copies(ratingCopy, tx).keep(id, 1, { ratingValue: 4 }));
  expect(performance.now() - began).toBeGreaterThan(700);
  expect(performance.now() - began).toBeLessThan(3000);
  expect(await ratingOf(id)).toBe(4);
  // whoever comes too late finds nothing to swap
  expect(await collections()).not.toContain(targetOf('rating_copy'));
});

test('a rebuild waits for a transaction that began before it, and loses nothing of it', async () => {
  const id = newId();
  let finish: () => void = () => undefined;
  const held = new Promise<void>(resolve => (finish = resolve));
  let begun: () => void = () => undefined;
  const inside = new Promise<void>(resolve => (begun = resolve));
  const slow = listener.commit(ana, async tx => {
    await tx.writing({ name: 'rating_copy', revision: 1, collections: [ratingCopy] });
    begun();
    await held;
    await copies(ratingCopy, tx).keep(id, 0, { ratingValue: 5 });
  });
  await inside;
  const swapping = rebuilt();
  await expect
    .poll(async () => (await db.raw(readModels).findOne({ _id: 'rating_copy' }))?.gate ?? null, { interval: 5 })
    .not.toBeNull();
  finish();
  await slow;
  await swapping;
  expect(await rows().findOne({ _id: id })).toMatchObject({ version: 0, state: { ratingValue: 5 } });
});

test('an owner that does not answer is waited for, and whoever asked is told', async () => {
  house.silent.add('recipes');
  await listener.readModels.rebuild('rating_copy', 'ana');
  const found = () => listener.readModels.find('rating_copy');
  await expect.poll(async () => (await found())?.error).toMatch('recipes does not answer');
  expect(await found()).toMatchObject({ state: 'RUNNING', finishedAt: null });
  house.silent.delete('recipes');
  expect(await done()).toMatchObject({ error: null });
});

test('nothing is rebuilt under a name that there is not', async () => {
  await expect(listener.readModels.rebuild('soup_copy', 'ana')).rejects.toThrow(
    'There is no copy or projection soup_copy here: rating_copy.',
  );
  expect(listener.readModels.names).toEqual(['rating_copy']);
});
