import { CommandRequested, EraseUserData, keepers } from '@mealprep360/contracts/commands';
import { RecipeRated } from '@mealprep360/contracts/recipes';
import { collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { command, commandRows } from '../src/commands.ts';
import { deadLetters, letterOf, onlyWaits } from '../src/dead-letters.ts';
import { AT_ONCE, eraseUserData, type Part } from '../src/erase-user-data.ts';
import { memoryBus } from '../src/memory-bus.ts';
import { outboxCollection, toEnvelope } from '../src/outbox.ts';
import { all, answersOf, ask, here, saga, unfinished } from '../src/saga.ts';
import { startSaga } from '../src/saga-engine.ts';
import { sagaRows } from '../src/saga-row.ts';
import { tombstones } from '../src/tombstones.ts';
import type { Tx } from '../src/unit-of-work.ts';
import { ana, dropAndClose, neighbourhood, openTestDatabase } from './kit.ts';

const userId = ana.userId ?? '';
const outbox = outboxCollection('outbox', { people: ['userId'] });
const notes = collection<{ _id: string; of: string }>('notes', { of: String });
const bus = memoryBus();
let house: ReturnType<typeof neighbourhood>;
let users: Database;
let recipes: Database;
let blog: Database;
beforeAll(async () => {
  users = await openTestDatabase('erase_users', [notes]);
  recipes = await openTestDatabase('erase_recipes', [notes]);
  blog = await openTestDatabase('erase_blog', [notes]);
});
beforeEach(() => {
  house = neighbourhood(bus);
});
afterEach(() => house.stopAll());
afterAll(() => dropAndClose(users, recipes, blog));

const ownNotes: Part<Tx> = async (of, { db, session }) => {
  const some = await db.raw(notes).find({ of }, { session, limit: AT_ONCE }).toArray();
  await db.raw(notes).deleteMany({ _id: { $in: some.map(({ _id }) => _id) } }, { session });
  return { recordsErased: some.length };
};
const write = (db: Database, count: number, of = userId) =>
  db.raw(notes).insertMany(Array.from({ length: count }, () => ({ _id: newId(), of })));
const countNotes = (db: Database) => db.raw(notes).countDocuments({ of: userId });
const done = { recordsErased: 1, recordsAnonymised: 0 };

/** Two of the six are asked; `parts` is how often the own step has to be called. */
const erase = (parts = 1) =>
  saga<{ userId: string }, Tx>('Erase', { within: null, perStep: null, alarmAfter: 100 }, [
    here('begin', () => Promise.resolve(), { pivot: true }),
    here('part', async (_, { db, session }) => {
      await db.raw(notes).insertOne({ _id: newId(), of: 'part' }, { session });
      return (await db.raw(notes).countDocuments({ of: 'part' }, { session })) < parts ? unfinished : undefined;
    }),
    all(
      'everywhere',
      (['recipes', 'blog'] as const).map(keeper =>
        ask(EraseUserData(keeper), ({ userId: id }: { userId: string }) => ({ userId: id })),
      ),
    ),
    here('end', (_, { db, session }) => db.raw(notes).insertOne({ _id: newId(), of: 'end' }, { session })),
  ]);

test('all are asked at once, whoever is away is waited for, and somebody is told to look', async () => {
  const quick = command<Tx>()(EraseUserData('recipes'), { run: () => Promise.resolve(done), forTheGone: true });
  const slow = command<Tx>()(EraseUserData('blog'), { run: () => Promise.resolve(done), forTheGone: true });
  house.start('recipes', recipes, { commands: [quick] });
  const orchestrator = house.start('users', users, { sagas: [erase(3)] });
  const id = newId();
  const row = () => users.raw(sagaRows).findOne({ _id: id });
  await orchestrator.commit(ana, tx => startSaga(tx, erase(3), { id, input: { userId } }));
  await expect
    .poll(async () => Object.keys(answersOf('everywhere', (await row())?.replies ?? {})))
    .toEqual(['recipes']);
  expect(await users.raw(notes).countDocuments({ of: 'part' })).toBe(3);
  await expect.poll(async () => (await row())?.alarmedAt).toBeInstanceOf(Date);
  expect(await row()).toMatchObject({ state: 'RUNNING', turn: 'THEIRS', deadline: null });
  house.start('blog', blog, { commands: [slow] });
  await expect.poll(async () => (await row())?.state).toBe('COMPLETED');
  expect(await users.raw(notes).countDocuments({ of: 'end' })).toBe(1);
  expect(Object.keys(answersOf('everywhere', (await row())?.replies ?? {})).sort()).toEqual(['blog', 'recipes']);
});

test('many are asked together after the pivot only', () => {
  const asks = keepers.map(keeper => ask(EraseUserData(keeper), (input: { userId: string }) => input));
  const times = { within: null, perStep: null };
  expect(() => saga('Early', times, [all('everywhere', asks)])).toThrow('wrong side');
});

const request = (orchestrator: ReturnType<typeof house.start>, sagaId: string) =>
  orchestrator.commit(ana, tx => {
    const said = { sagaId, step: 0, command: 'EraseUserData', undo: false, input: { userId }, deadline: null };
    tx.emit(CommandRequested.of(sagaId, 1, said, 'recipes'));
  });

test('much is erased part by part, events lose their data and nothing else, and what was under way is caught', async () => {
  const orchestrator = house.start('users', users);
  const keeper = house.start('recipes', recipes, { commands: [eraseUserData<Tx>('recipes', outbox, [ownNotes])] });
  await write(recipes, 2 * AT_ONCE + 1);
  await write(recipes, 3, 'ben');
  const rating = (by: string, version: number, id: string) =>
    RecipeRated.of(id, version, { id, recipeId: newId(), userId: by, ratingValue: 5 });
  const hers = newId();
  const bens = newId();
  for (const version of [1, 2]) {
    await keeper.commit(ana, tx => {
      tx.emit(rating(userId, version, hers));
      tx.emit(rating('0'.repeat(24), version, bens));
    });
  }
  const rows = recipes.raw(outbox);
  await expect.poll(() => rows.countDocuments({ sentAt: null })).toBe(0);
  const [first] = await rows.find({ aggregateId: hers }).toArray();
  if (first) await recipes.raw(deadLetters).insertOne(letterOf('recipes', toEnvelope(first), onlyWaits, new Date()));
  const sagaId = newId();
  await request(orchestrator, sagaId);
  const asked = () => recipes.raw(commandRows).findOne({ _id: `${sagaId}:0` });
  await expect.poll(async () => (await asked())?.progress).toMatchObject({ swept: true });
  expect(await countNotes(recipes)).toBe(0);
  expect(await asked()).toMatchObject({ state: 'WAITING', progress: { recordsErased: 2 * AT_ONCE + 1 } });
  // a request that had begun before the tombstone stood commits now
  await write(recipes, 1);
  await expect.poll(async () => (await asked())?.state, { timeout: 30_000 }).toBe('DONE');
  expect(await countNotes(recipes)).toBe(0);
  expect(await recipes.raw(notes).countDocuments({ of: 'ben' })).toBe(3);
  const erased = await rows.find({ aggregateId: hers }).sort({ version: 1 }).toArray();
  expect(erased).toMatchObject([
    { version: 1, erased: true, eventData: null, seq: first?.seq },
    { version: 2, erased: true, eventData: null },
  ]);
  expect(await rows.countDocuments({ aggregateId: bens, erased: false })).toBe(2);
  const [letter] = await recipes.raw(deadLetters).find().toArray();
  expect(letter?.event).toMatchObject({ erased: true, eventData: null });
  await expect.poll(() => rows.countDocuments({ withdrawn: true })).toBe(2);
  const onBus = bus.subscribe('recipes');
  const kept = await onBus.read(new Map([[first?.partition ?? 0, 0]]), 10);
  expect(kept.filter(event => event.aggregateId === hers)).toEqual([]);
});

test('who is gone begins nothing any more: it is refused, and nothing is kept of what was asked', async () => {
  let runs = 0;
  const other = command<Tx>()(
    { ...EraseUserData('recipes'), name: 'Other' },
    { run: () => ((runs += 1), Promise.resolve(done)), undo: () => Promise.resolve() },
  );
  await recipes.raw(tombstones).updateOne({ _id: `User:${userId}` }, { $set: { at: new Date() } }, { upsert: true });
  const orchestrator = house.start('users', users);
  house.start('recipes', recipes, { commands: [other] });
  const sagaId = newId();
  const say = (version: number, undo: boolean) =>
    orchestrator.commit(ana, tx => {
      const said = { sagaId, step: 0, command: 'Other', undo, input: { userId }, deadline: null };
      tx.emit(CommandRequested.of(sagaId, version, said, 'recipes'));
    });
  const row = () => recipes.raw(commandRows).findOne({ _id: `${sagaId}:0` });
  await say(1, false);
  await expect.poll(async () => (await row())?.state).toBe('REFUSED');
  await say(2, true);
  await expect.poll(async () => (await row())?.state).toBe('UNDONE');
  expect([runs, (await row())?.input]).toEqual([0, null]);
});
