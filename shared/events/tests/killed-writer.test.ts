import { collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { inTransaction } from '@mealprep360/mongo/transaction';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropAndClose, openTestDatabase } from './kit.ts';

const rows = collection<{ _id: string; by: string }>('rows', { by: String });
let db: Database;
beforeAll(async () => {
  db = await openTestDatabase('killed_writer', [rows]);
  await db.raw(rows).insertOne({ _id: 'row', by: 'nobody' });
});
afterAll(() => dropAndClose(db));

test('what a killed process had begun to write is in nobody’s way for longer than ten seconds', async () => {
  const killed = await db.connection.startSession();
  killed.startTransaction();
  await db.raw(rows).updateOne({ _id: 'row' }, { $set: { by: 'killed' } }, { session: killed });
  const began = performance.now();
  const write = () =>
    inTransaction(db, session => db.raw(rows).updateOne({ _id: 'row' }, { $set: { by: 'next' } }, { session }));
  await expect.poll(() => write().then(() => 'written'), { timeout: 30_000 }).toBe('written');
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(await db.raw(rows).findOne({ _id: 'row' })).toMatchObject({ by: 'next' });
  await killed.endSession();
});
