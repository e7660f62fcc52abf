import { GenerateShoppingList, DeleteShoppingList, ValidateUser } from '@mealprep360/contracts/commands';
import type { MealPlanState } from '@mealprep360/contracts/mealplans';
import { collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkpoints } from '../src/checkpoints.ts';
import { command, commandRows, NotYet } from '../src/commands.ts';
import { memoryBus } from '../src/memory-bus.ts';
import { NotDone } from '../src/operator.ts';
import { reactions } from '../src/reactions.ts';
import { ask, here, saga, seconds } from '../src/saga.ts';
import { startSaga } from '../src/saga-engine.ts';
import { sagaRows } from '../src/saga-row.ts';
import type { Tx } from '../src/unit-of-work.ts';
import { ana, dropAndClose, heard, neighbourhood, openTestDatabase, outbox, rated } from './kit.ts';

const deeds = collection<{ _id: string; note?: string }>('deeds', { note: String });
let house: ReturnType<typeof neighbourhood>;
let mealplans: Database;
let users: Database;
let shopping: Database;
let gateIsOpen = true;
let isBroken = false;
beforeAll(async () => {
  [mealplans, users, shopping] = await Promise.all([
    openTestDatabase('ops_plans', [deeds]),
    openTestDatabase('ops_users', [deeds]),
    openTestDatabase('ops_shopping', [deeds]),
  ]);
});
beforeEach(() => {
  house = neighbourhood(memoryBus());
  gateIsOpen = true;
  isBroken = false;
});
afterEach(() => house.stopAll());
afterAll(() => dropAndClose(mealplans, users, shopping));

const act = (tx: Tx, deed: string, note = '') =>
  tx.db.raw(deeds).insertOne({ _id: deed, note }, { session: tx.session });
const planOf = (): MealPlanState => ({
  ...{ id: newId(), ownerId: newId(), name: 'Week', startDate: '2026-11-23', endDate: '2026-11-29', items: [] },
  ...{ skippedDays: [], status: 'ACTIVE', shoppingList: true },
});
const createPlan = saga<MealPlanState, Tx>('CreateMealPlan', { within: seconds(60), perStep: seconds(30) }, [
  here('savePending', async ({ input }, tx) => act(tx, `pending:${input.id}`), {
    undo: async ({ input, failure }, tx) => act(tx, `failed:${input.id}`, failure?.message),
  }),
  ask(ValidateUser, ({ ownerId }) => ({ userId: ownerId })),
  ask(GenerateShoppingList, plan => ({ plan }), { undo: DeleteShoppingList }),
  here('confirm', async ({ id }, tx) => act(tx, `confirmed:${id}`), { pivot: true }),
]);
const validate = command<Tx>()(ValidateUser, { run: () => Promise.resolve({}) });
const generate = command<Tx>()(GenerateShoppingList, {
  run: async ({ plan }, tx) => {
    if (!gateIsOpen) throw new NotYet('the gate is closed');
    if (isBroken) throw new Error('the oven is broken');
    await act(tx, `generated:${plan.id}`);
    return { shoppingListId: plan.id };
  },
  undo: async ({ plan }, tx) => act(tx, `deleted:${plan.id}`),
});
const startPlans = () => house.start('mealplans', mealplans, { sagas: [createPlan] });
function startAll() {
  house.start('users', users, { commands: [validate] });
  house.start('shopping', shopping, { commands: [generate] });
  return startPlans();
}
const create = (plans: ReturnType<typeof startPlans>, plan: MealPlanState) =>
  plans.commit(ana, tx => startSaga(tx, createPlan, { id: plan.id, input: plan }));
const stateOf = async ({ id }: MealPlanState) => (await mealplans.raw(sagaRows).findOne({ _id: id }))?.state;
const standsAt = async ({ id }: MealPlanState) => (await mealplans.raw(sagaRows).findOne({ _id: id }))?.step;
const ina = { by: 'ina', reason: null };

test('an operator has a saga taken back, and the reason is kept, but not shown to whom it failed', async () => {
  gateIsOpen = false;
  const plans = startAll();
  const plan = planOf();
  await create(plans, plan);
  await expect.poll(() => standsAt(plan)).toBe(2);
  expect((await plans.sagas.list({ states: ['RUNNING'] }, 10)).rows.map(({ _id }) => _id)).toContain(plan.id);
  expect(plans.sagas.stepName((await plans.sagas.find(plan.id))!)).toBe('GenerateShoppingList');
  await plans.sagas.forceCompensate(plan.id, { by: 'ina', reason: 'shopping is being moved' });
  await expect.poll(() => stateOf(plan)).toBe('COMPENSATED');
  expect((await plans.sagas.find(plan.id))?.operatorActions).toMatchObject([
    { action: 'force-compensate', by: 'ina', reason: 'shopping is being moved' },
  ]);
  const failed = await mealplans.raw(deeds).findOne({ _id: `failed:${plan.id}` });
  expect(failed?.note).toBe('CreateMealPlan was taken back by an operator');
  expect(await shopping.raw(deeds).findOne({ _id: `generated:${plan.id}` })).toBeNull();
  await expect(plans.sagas.forceCompensate(plan.id, { by: 'ina', reason: 'again' })).rejects.toThrow(
    /being taken back/,
  );
});

test('a saga that is past its pivot is not taken back, nor tried again once it has ended', async () => {
  const plans = startAll();
  const plan = planOf();
  await create(plans, plan);
  await expect.poll(() => stateOf(plan)).toBe('COMPLETED');
  const force = plans.sagas.forceCompensate(plan.id, { by: 'ina', reason: 'wrong plan' });
  await expect(force).rejects.toThrow(/past its point of no return \(confirm\)/);
  await expect(plans.sagas.retry(plan.id, ina)).rejects.toThrow(NotDone);
  await expect(plans.sagas.retry('nobody', ina)).rejects.toThrow('There is no saga nobody');
  expect(await stateOf(plan)).toBe('COMPLETED');
});

test('a saga whose answer got lost goes on when it is tried again, and nothing is done twice', async () => {
  gateIsOpen = false;
  const plan = planOf();
  await create(startAll(), plan);
  await expect.poll(() => standsAt(plan)).toBe(2);
  await house.stop('mealplans');
  gateIsOpen = true;
  const answer = { eventType: 'CommandAnswered', aggregateId: plan.id, sentAt: { $ne: null } };
  await expect.poll(() => shopping.raw(outbox).countDocuments(answer)).toBe(1);
  const said = await shopping.raw(outbox).findOne(answer);
  await mealplans
    .raw(checkpoints)
    .updateOne({ _id: `shopping:${said!.partition}` }, { $set: { seq: said!.seq! } }, { upsert: true });
  const plans = startPlans();
  await expect.poll(() => plans.ready()).toBe(true);
  expect(await stateOf(plan)).toBe('RUNNING');
  await plans.sagas.retry(plan.id, ina);
  await expect.poll(() => stateOf(plan)).toBe('COMPLETED');
  expect(await shopping.raw(commandRows).countDocuments({ sagaId: plan.id })).toBe(1);
  expect(await shopping.raw(deeds).countDocuments({ _id: { $regex: plan.id } })).toBe(1);
});

test('a service tells what it cannot read: unknown types by number, newer versions and broken data as parked', async () => {
  const listen = reactions<Tx>()('recipes', {
    RecipeRated: async ({ eventId, aggregateId, version }, tx) => {
      await tx.db.raw(heard).insertOne({ _id: eventId, aggregateId, version, at: 0 }, { session: tx.session });
    },
  });
  const speaker = house.start('recipes', users);
  const listener = house.start('shopping', shopping, { reactions: [listen] });
  const [newer, broken, fine] = [newId(), newId(), newId()];
  await speaker.commit(ana, tx => {
    tx.emit({ ...rated(newId(), 1), eventType: 'RecipePickled' });
    tx.emit({ ...rated(newer, 1), schemaVersion: 99 });
    tx.emit(rated(newer, 2));
    tx.emit({ ...rated(broken, 1), eventData: { ratingValue: 'many' } });
    tx.emit(rated(fine, 1));
  });
  await expect.poll(async () => (await listener.status()).deadLetters.parked).toBe(3);
  await expect.poll(() => listener.lag()).toEqual({ recipes: 0 });
  const { heard: readers, deadLetters } = await listener.status();
  expect(deadLetters).toEqual({ parked: 3, newerVersion: 1, aggregates: 2, discarded: 0 });
  const recipes = readers.find(reader => reader.speaker === 'recipes');
  expect(recipes?.unknown).toEqual({ RecipePickled: 1 });
  expect(recipes?.partitions.filter(({ head, checkpoint }) => head !== checkpoint)).toEqual([]);
  const { rows } = await listener.deadLetters.list({ aggregateId: broken }, 10);
  expect(rows).toMatchObject([{ kind: 'INVALID_DATA', state: 'PARKED' }]);
  expect(rows[0]?.error).toMatch(/^RecipeRated is not what its contract says: .*ratingValue/);
  expect((await listener.deadLetters.list({}, 2)).rows).toHaveLength(2);
  const page = await listener.deadLetters.list({}, 2);
  const rest = await listener.deadLetters.list({}, 2, page.next ?? '');
  expect([rest.rows.length, rest.next]).toEqual([1, null]);
  await expect.poll(async () => (await speaker.status()).unsent).toEqual({ count: 0, oldestSeconds: null });
});

test('a service tells which of its partitions try again, until they succeed', async () => {
  const listen = reactions<Tx>()('recipes', {
    RecipeRated: () => (gateIsOpen ? Promise.resolve() : Promise.reject(new NotYet('the gate is closed'))),
  });
  gateIsOpen = false;
  const speaker = house.start('recipes', users);
  const listener = house.start('shopping', shopping, { reactions: [listen] });
  const trying = async () => {
    const [recipes] = (await listener.status()).heard;
    return (recipes?.partitions ?? []).filter(({ tries }) => tries > 1);
  };
  await speaker.commit(ana, tx => tx.emit(rated(newId(), 1)));
  await expect.poll(trying).toHaveLength(1);
  const [waiting] = await trying();
  expect((waiting?.head ?? 0) - (waiting?.checkpoint ?? 0)).toBe(1);
  gateIsOpen = true;
  await expect.poll(trying).toEqual([]);
  await expect.poll(() => listener.lag()).toEqual({ recipes: 0 });
});

test('a service tells of open sagas and commands how old they are, and which fail, until they are done', async () => {
  isBroken = true;
  house.start('users', users, { commands: [validate] });
  const shop = house.start('shopping', shopping, { commands: [generate] });
  const plans = startPlans();
  const before = (await plans.status()).sagas.completed;
  const plan = planOf();
  await create(plans, plan);
  await expect.poll(async () => (await shop.status()).commandsRetried).toBe(1);
  const age = expect.any(Number) as number;
  expect((await shop.status()).commands).toEqual([
    { command: 'GenerateShoppingList', state: 'WAITING', count: 1, oldestSeconds: age },
  ]);
  const [open, ...others] = (await plans.status()).sagas.open.filter(({ state }) => state === 'RUNNING');
  expect([open, others]).toEqual([{ type: 'CreateMealPlan', state: 'RUNNING', count: 1, oldestSeconds: age }, []]);
  await expect.poll(async () => (await plans.status()).sagas.open[0]?.oldestSeconds).toBeGreaterThan(1);
  isBroken = false;
  await expect.poll(() => stateOf(plan)).toBe('COMPLETED');
  expect((await plans.status()).sagas).toMatchObject({ open: [], completed: before + 1 });
  await expect.poll(async () => (await shop.status()).commandsRetried).toBe(0);
  expect((await shop.status()).commands).toEqual([]);
});
