import { newId } from '@mealprep360/mongo/id';
import type { Database } from '@mealprep360/mongo/database';
import { isDuplicateKey } from '@mealprep360/mongo/transaction';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { commitAs, unitOfWork, VersionConflict, type Commit } from '../src/unit-of-work.ts';
import { ana, dropAndClose, heard, openTestDatabase, outbox, rated } from './kit.ts';

let db: Database;
let commit: Commit;
const committed = vi.fn();
beforeAll(async () => {
  db = await openTestDatabase('uow');
  commit = commitAs(unitOfWork(db, outbox, committed));
});
afterAll(() => dropAndClose(db));

const note = (id: string) => ({ _id: id, aggregateId: id, version: 1, at: 0 });

test('what is written and what is said are committed together, in the name of who acted', async () => {
  const id = newId();
  const answer = await commit(ana, async tx => {
    await tx.db.raw(heard).insertOne(note(id), { session: tx.session });
    tx.emit(rated(id, 1), { sealed: Buffer.from('secret') });
    return 'done';
  });
  expect(answer).toBe('done');
  expect(await db.raw(heard).countDocuments({ _id: id })).toBe(1);
  const row = await db.raw(outbox).findOne({ aggregateId: id });
  expect(row).toMatchObject({ version: 1, seq: null, sentAt: null, erased: false, to: null, ...ana });
  expect(row?.sealed?.toString()).toBe('secret');
  expect(Math.abs(Number(row?.timestamp) - Date.now())).toBeLessThan(60_000);
  expect(committed).toHaveBeenCalled();
});

test('work that fails writes nothing and says nothing', async () => {
  const id = newId();
  const failing = commit(ana, async tx => {
    await tx.db.raw(heard).insertOne(note(id), { session: tx.session });
    tx.emit(rated(id, 1));
    tx.entomb('RecipeRating', id);
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await db.raw(heard).countDocuments({ _id: id })).toBe(0);
  expect(await db.raw(outbox).countDocuments({ aggregateId: id })).toBe(0);
  expect(await commit(ana, tx => tx.isEntombed('RecipeRating', id))).toBe(false);
});

test('of fifty who find nothing and insert, one inserts and all others find it', async () => {
  const id = newId();
  const findOrInsert = () =>
    commit(ana, async tx => {
      const there = await tx.db.raw(heard).findOne({ _id: id }, { session: tx.session });
      if (there) return 'found';
      await tx.db.raw(heard).insertOne(note(id), { session: tx.session });
      tx.emit(rated(id, 1));
      return 'inserted';
    });
  const answers = await Promise.all(Array.from({ length: 50 }, findOrInsert));
  expect(answers.filter(answer => answer === 'inserted')).toHaveLength(1);
  expect(answers.filter(answer => answer === 'found')).toHaveLength(49);
  expect(await db.raw(outbox).countDocuments({ aggregateId: id })).toBe(1);
});

test('the same version of an aggregate is never written twice, and who insists gets a VersionConflict', async () => {
  const id = newId();
  let tries = 0;
  const say = () =>
    commit(ana, tx => {
      tries += 1;
      tx.emit(rated(id, 1));
    });
  await say();
  tries = 0;
  const again = await say().catch((error: unknown) => error);
  expect(again).toBeInstanceOf(VersionConflict);
  expect(isDuplicateKey((again as VersionConflict).cause)).toBe(true);
  expect(tries).toBe(5);
});

test('counting up by ten at once loses no count', async () => {
  const id = newId();
  const countUp = () =>
    commit(ana, async tx => {
      const own = { aggregateType: 'RecipeRating', aggregateId: id };
      const said = await tx.db.raw(outbox).countDocuments(own, { session: tx.session });
      tx.emit(rated(id, said + 1));
    });
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, countUp));
  const counted = outcomes.filter(({ status }) => status === 'fulfilled').length;
  const versions = await db.raw(outbox).find({ aggregateId: id }).sort({ version: 1 }).toArray();
  expect(versions.map(row => row.version)).toEqual(Array.from({ length: counted }, (_, index) => index + 1));
});

test('a grave is dug once and seen at once', async () => {
  const id = newId();
  const seen = await commit(ana, async tx => {
    tx.entomb('Recipe', id);
    return tx.isEntombed('Recipe', id);
  });
  await commit(ana, tx => tx.entomb('Recipe', id));
  expect(seen).toBe(true);
  expect(await commit(ana, tx => tx.isEntombed('Recipe', id))).toBe(true);
  expect(await commit(ana, tx => tx.isEntombed('User', id))).toBe(false);
});
