import { RecipeCreated, RecipeDeleted, RecipeUpdated } from '@mealprep360/contracts/recipes';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copies, copyCollection, keepsCopy } from '../src/copy.ts';
import { reactions } from '../src/reactions.ts';
import type { EventRuntime } from '../src/event-runtime.ts';
import { memoryBus } from '../src/memory-bus.ts';
import { commitAs, unitOfWork, type Commit, type Tx } from '../src/unit-of-work.ts';
import { ana, dropAndClose, neighbourhood, openTestDatabase, outbox } from './kit.ts';

const recipeCopy = copyCollection('recipe_copy', {
  speaker: 'recipes',
  revision: 1,
  from: [RecipeCreated, RecipeUpdated],
  state: ({ title }: { title: string }) => ({ title }),
});
let db: Database;
let commit: Commit;
beforeAll(async () => {
  db = await openTestDatabase('copy', [recipeCopy]);
  commit = commitAs(unitOfWork(db, outbox, () => undefined));
});
afterAll(() => dropAndClose(db));

const keep = (id: string, version: number, title: string): Promise<boolean> =>
  commit(ana, tx => copies(recipeCopy, tx).keep(id, version, { title }));
const get = (id: string) => copies(recipeCopy, { db }).get(id);

test('a copy takes newer versions only', async () => {
  const id = newId();
  expect(await keep(id, 2, 'two')).toBe(true);
  expect(await keep(id, 1, 'one')).toBe(false);
  expect(await keep(id, 2, 'two again')).toBe(false);
  expect(await keep(id, 5, 'five')).toBe(true);
  expect(await get(id)).toMatchObject({ version: 5, state: { title: 'five' } });
});

test('twenty versions at once leave the newest', async () => {
  const id = newId();
  const versions = Array.from({ length: 20 }, (_, index) => index + 1);
  await Promise.all(versions.map(version => keep(id, version, `${version}`)));
  expect(await get(id)).toMatchObject({ version: 20, state: { title: '20' } });
});

test('a copy that is awaited is there without a state, and comes with any version', async () => {
  const id = newId();
  await commit(ana, tx => copies(recipeCopy, tx).await(id));
  expect(await get(id)).toMatchObject({ version: 0, state: null });
  await keep(id, 1, 'one');
  await commit(ana, tx => copies(recipeCopy, tx).await(id));
  expect(await get(id)).toMatchObject({ version: 1, state: { title: 'one' } });
  expect((await copies(recipeCopy, { db }).getMany([id, newId()])).size).toBe(1);
});

test('who does not find a copy and the event that brings it cannot miss each other', async () => {
  const id = newId();
  const found: boolean[] = [];
  const wait = commit(ana, async tx => {
    const copy = await copies(recipeCopy, tx).get(id);
    // it arrives just after it was looked for
    if (found.length === 0) await keep(id, 1, 'one');
    found.push(copy !== null);
    if (copy === null) await copies(recipeCopy, tx).await(id);
  });
  await wait;
  expect(found).toEqual([false, true]);
  expect(await get(id)).toMatchObject({ version: 1, state: { title: 'one' } });
});

test('nothing late brings back what is gone', async () => {
  const id = newId();
  await keep(id, 1, 'one');
  await commit(ana, tx => copies(recipeCopy, tx).drop(id));
  expect(await keep(id, 2, 'two')).toBe(false);
  await commit(ana, tx => copies(recipeCopy, tx).await(id));
  expect(await get(id)).toBeNull();
});

test('hearing that an aggregate was deleted leaves its tombstone by itself', async () => {
  const house = neighbourhood(memoryBus());
  const owner = await openTestDatabase('copy_owner');
  const listener: EventRuntime<Tx> = house.start('shopping', db, { reactions: [keepsCopy(recipeCopy)] });
  const id = newId();
  await keep(id, 1, 'one');
  await house.start('recipes', owner).commit(ana, tx => tx.emit(RecipeDeleted.of(id, 2, { id })));
  await expect.poll(() => get(id)).toBeNull();
  expect(await listener.commit(ana, tx => tx.isEntombed('Recipe', id))).toBe(true);
  expect(await keep(id, 1, 'late')).toBe(false);
  await house.stopAll();
  await dropAndClose(owner);
});

const recipe = (id: string, title: string) => ({
  ...{ id, slug: id, title, description: null, ownerId: null, visibility: 'PUBLIC' as const, recipeYield: null },
  ...{ recipeIngredient: [], suitableForDiet: [], allergens: [], recipeCategory: [], recipeCuisine: [], keywords: [] },
  ...{ totalMinutes: null, lastUpdated: new Date(0) },
});

test('what many events of a batch tell is kept together, and each reaction finds what was said before', async () => {
  const house = neighbourhood(memoryBus());
  const owner = await openTestDatabase('copy_batch');
  const id = newId();
  const gone = newId();
  const found: unknown[] = [];
  const reads = reactions<Tx>()('recipes', {
    RecipeUpdated: async ({ aggregateId }, tx) => {
      found.push([(await copies(recipeCopy, tx).get(aggregateId))?.state?.title]);
    },
  });
  await house.start('recipes', owner).commit(ana, tx => {
    tx.emit(RecipeCreated.of(id, 1, recipe(id, 'one')));
    tx.emit(RecipeCreated.of(gone, 1, recipe(gone, 'soon gone')));
    tx.emit(RecipeDeleted.of(gone, 2, { id: gone }));
    for (let version = 2; version <= 20; version++) tx.emit(RecipeUpdated.of(id, version, recipe(id, `${version}`)));
  });
  house.start('shopping', db, { reactions: [keepsCopy(recipeCopy), reads] });
  await expect.poll(() => get(id)).toMatchObject({ version: 20, state: { title: '20' } });
  await expect.poll(() => commit(ana, tx => tx.isEntombed('Recipe', gone))).toBe(true);
  expect(await get(gone)).toBeNull();
  expect(found.slice(-19)).toEqual(Array.from({ length: 19 }, (_, index) => [`${index + 2}`]));
  await house.stopAll();
  await dropAndClose(owner);
});
