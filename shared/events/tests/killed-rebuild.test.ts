import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest';
import { copyModel } from '../src/copy-rebuild.ts';
import { copies, keepsCopy } from '../src/copy.ts';
import { crashPoints, lastWords } from '../src/crash-points.ts';
import { memoryBus } from '../src/memory-bus.ts';
import { readModels, targetOf } from '../src/read-model.ts';
import { ana, dropAndClose, neighbourhood, openTestDatabase, rated } from './kit.ts';
import { ratingCopy } from './rating-copy.ts';

const points = Object.keys(crashPoints).filter(point => point.startsWith('rebuild.'));
const ids = Array.from({ length: 40 }, newId);
const house = neighbourhood(memoryBus());
let owner: Database;
let db: Database;
beforeAll(async () => {
  [owner, db] = await Promise.all([openTestDatabase('killed_owner'), openTestDatabase('killed', [ratingCopy])]);
  const recipes = house.start('recipes', owner);
  house.start('shopping', db, { reactions: [keepsCopy(ratingCopy)] });
  for (const id of ids) await recipes.commit(ana, tx => tx.emit(rated(id, 1)));
  await vi.waitFor(
    async () => expect(await db.raw(ratingCopy).countDocuments({ version: 1 })).toBe(ids.length),
    20_000,
  );
});
afterEach(() => house.stop('shopping'));
afterAll(async () => {
  await house.stopAll();
  await dropAndClose(owner, db);
});

/** Has the copy rebuilt by a process that dies at a point. */
async function killAt(point: string): Promise<void> {
  const program = fileURLToPath(new URL('rebuilding-process.ts', import.meta.url));
  const args = [program, inject('servers').mongodb.admin, db.name, owner.name, point];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect({ said, signal }).toMatchObject({ said: expect.stringContaining(lastWords(point)), signal: 'SIGKILL' });
}

const wholeRows = () => db.raw(ratingCopy).countDocuments({ version: 1, 'state.ratingValue': 5, _id: { $in: ids } });

test.each(points)('whoever is killed at %s leaves the copy whole, and the next one goes on', async point => {
  await killAt(point);
  expect(await wholeRows()).toBe(ids.length);
  // a writer waits for nobody who is dead
  const again = house.start('shopping', db, { reactions: [keepsCopy(ratingCopy)] });
  const awaited = newId();
  await again.commit(ana, tx => copies(ratingCopy, tx).await(awaited));
  expect(await wholeRows()).toBe(ids.length);
  await house.stop('shopping');
  // the lease of who was killed has not ended yet
  await db.connection.collection('leases').deleteMany({});
  const next = house.start('shopping', db, { reactions: [keepsCopy(ratingCopy)], readModels: [copyModel(ratingCopy)] });
  await expect.poll(async () => (await next.readModels.find('rating_copy'))?.state).toBe('DONE');
  expect(await next.readModels.find('rating_copy')).toMatchObject({
    by: 'who will be killed',
    comparison: { rows: ids.length, missing: 0, extra: 0, different: 0 },
  });
  expect(await wholeRows()).toBe(ids.length);
  expect(await db.raw(ratingCopy).findOne({ _id: awaited })).toMatchObject({ version: 0, state: null });
  expect(await db.raw(readModels).findOne({ _id: 'rating_copy' })).toMatchObject({ gate: null });
  expect((await db.connection.listCollections()).map(({ name }) => name)).not.toContain(targetOf('rating_copy'));
});
