import {
  AnnounceMealPlan,
  DeleteShoppingList,
  GenerateShoppingList,
  ValidateUser,
} from '@mealprep360/contracts/commands';
import type { MealPlanState } from '@mealprep360/contracts/mealplans';
import { collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { command, NotYet, Refused, type Command } from '../src/commands.ts';
import type { EventBus } from '../src/bus.ts';
import { memoryBus } from '../src/memory-bus.ts';
import { ask, here, replyOf, saga, seconds, tell } from '../src/saga.ts';
import { startSaga } from '../src/saga-engine.ts';
import { sagaRows, type SagaRow } from '../src/saga-row.ts';
import type { Tx } from '../src/unit-of-work.ts';
import { ana, dropAndClose, neighbourhood, openTestDatabase } from './kit.ts';

/** What each service did, one row a deed: a second time would be a duplicate key. */
const deeds = collection<{ _id: string; note?: string }>('deeds', { note: String });
const bus = memoryBus();
let house: ReturnType<typeof neighbourhood>;
let mealplans: Database;
let users: Database;
let shopping: Database;
let notifications: Database;
beforeAll(async () => {
  mealplans = await openTestDatabase('saga_plans', [deeds]);
  users = await openTestDatabase('saga_users', [deeds]);
  shopping = await openTestDatabase('saga_shopping', [deeds]);
  notifications = await openTestDatabase('saga_notes', [deeds]);
});
beforeEach(() => {
  house = neighbourhood(bus);
});
afterEach(() => house.stopAll());
afterAll(() => dropAndClose(mealplans, users, shopping, notifications));

const act = (tx: Tx, deed: string, note?: string) =>
  tx.db.raw(deeds).insertOne({ _id: deed, ...(note !== undefined && { note }) }, { session: tx.session });
const deedsOf = async (db: Database, plan: MealPlanState): Promise<string[]> => {
  const rows = await db
    .raw(deeds)
    .find({ _id: { $regex: plan.id } })
    .toArray();
  return rows.map(({ _id }) => _id.split(':')[0] ?? '').sort();
};
const planOf = (shoppingList = true): MealPlanState => ({
  ...{ id: newId(), ownerId: newId(), name: 'Week', startDate: '2026-11-23', endDate: '2026-11-29', items: [] },
  ...{ skippedDays: [], status: 'ACTIVE', shoppingList },
});

const createPlan = (perStep = seconds(20)) =>
  saga<MealPlanState, Tx>('CreateMealPlan', { within: seconds(60), perStep }, [
    here('savePending', async ({ input }, tx) => act(tx, `pending:${input.id}`), {
      undo: async ({ input, failure }, tx) => act(tx, `failed:${input.id}`, failure?.code),
    }),
    ask(ValidateUser, ({ ownerId }) => ({ userId: ownerId })),
    ask(GenerateShoppingList, plan => ({ plan }), { when: plan => plan.shoppingList, undo: DeleteShoppingList }),
    here(
      'confirm',
      async (view, tx) =>
        act(tx, `confirmed:${view.id}`, replyOf(GenerateShoppingList, view)?.shoppingListId ?? 'none'),
      { pivot: true },
    ),
    tell(AnnounceMealPlan, plan => ({ plan })),
  ]);

const validate = command<Tx>()(ValidateUser, { run: () => Promise.resolve({}) });
const generate = command<Tx>()(GenerateShoppingList, {
  run: async ({ plan }, tx) => {
    await act(tx, `generated:${plan.id}`);
    return { shoppingListId: plan.id };
  },
  undo: async ({ plan }, tx) => act(tx, `deleted:${plan.id}`),
});
const announce = command<Tx>()(AnnounceMealPlan, {
  run: async ({ plan }, tx) => {
    await act(tx, `announced:${plan.id}`);
    return {};
  },
});

function startAll(shop: Command<Tx> = generate, perStep?: number) {
  house.start('users', users, { commands: [validate] });
  house.start('shopping', shopping, { commands: [shop] });
  house.start('notifications', notifications, { commands: [announce] });
  return startPlans(perStep);
}
const startPlans = (perStep?: number) => house.start('mealplans', mealplans, { sagas: [createPlan(perStep)] });

const create = (runtime: ReturnType<typeof startPlans>, plan: MealPlanState, perStep?: number) =>
  runtime.commit(ana, tx => startSaga(tx, createPlan(perStep), { id: plan.id, input: plan }));
const sagaOf = (plan: MealPlanState): Promise<SagaRow | null> => mealplans.raw(sagaRows).findOne({ _id: plan.id });
const ends = (plan: MealPlanState) =>
  expect.poll(async () => (await sagaOf(plan))?.state, { timeout: 20_000, interval: 20 });

test('a saga does all its steps, in all services, and completes', async () => {
  const plans = startAll();
  const plan = planOf();
  await create(plans, plan);
  expect(await deedsOf(mealplans, plan)).toEqual(['pending']);
  await ends(plan).toBe('COMPLETED');
  expect(await deedsOf(mealplans, plan)).toEqual(['confirmed', 'pending']);
  expect(await deedsOf(shopping, plan)).toEqual(['generated']);
  expect(await mealplans.raw(deeds).findOne({ _id: `confirmed:${plan.id}` })).toMatchObject({ note: plan.id });
  await expect.poll(() => deedsOf(notifications, plan)).toEqual(['announced']);
});

test('a step that is not wanted is left out', async () => {
  const plans = startAll();
  const plan = planOf(false);
  await create(plans, plan);
  await ends(plan).toBe('COMPLETED');
  expect(await deedsOf(shopping, plan)).toEqual([]);
  expect(await mealplans.raw(deeds).findOne({ _id: `confirmed:${plan.id}` })).toMatchObject({ note: 'none' });
});

test('thirty sagas at once, each started five times over, are each done once', async () => {
  const plans = startAll();
  const all = Array.from({ length: 30 }, () => planOf());
  await Promise.all(all.flatMap(plan => Array.from({ length: 5 }, () => create(plans, plan))));
  for (const plan of all) await ends(plan).toBe('COMPLETED');
  for (const plan of all) expect(await deedsOf(shopping, plan)).toEqual(['generated']);
  for (const plan of all) await expect.poll(() => deedsOf(notifications, plan)).toEqual(['announced']);
});

test('a refusal takes back what was done before it, and nothing else', async () => {
  const refuse = command<Tx>()(GenerateShoppingList, {
    run: async ({ plan }, tx) => {
      await act(tx, `generated:${plan.id}`);
      throw new Refused('TOO_MANY_LISTS', 'There are too many lists');
    },
  });
  const plan = planOf();
  await create(startAll(refuse), plan);
  await ends(plan).toBe('COMPENSATED');
  expect((await sagaOf(plan))?.failure).toEqual({
    code: 'TOO_MANY_LISTS',
    message: 'There are too many lists',
    step: 2,
  });
  expect(await deedsOf(mealplans, plan)).toEqual(['failed', 'pending']);
  expect(await deedsOf(shopping, plan)).toEqual([]);
  expect(await deedsOf(notifications, plan)).toEqual([]);
});

test('a participant that is away too long is told to undo what it may do later, and leaves nothing', async () => {
  house.start('users', users, { commands: [validate] });
  const plans = startPlans(300);
  const plan = planOf();
  await create(plans, plan, 300);
  await expect.poll(async () => (await sagaOf(plan))?.state, { timeout: 10_000 }).toBe('COMPENSATING');
  expect((await sagaOf(plan))?.failure).toMatchObject({ code: 'DEADLINE', step: 2 });
  house.start('shopping', shopping, { commands: [generate] });
  await ends(plan).toBe('COMPENSATED');
  expect(await deedsOf(mealplans, plan)).toEqual(['failed', 'pending']);
  const done = await deedsOf(shopping, plan);
  expect(done.length === 0 || done.join() === 'deleted,generated').toBe(true);
});

test('an answer that comes after the deadline is passed over, and what was done is undone', async () => {
  const { promise: opened, resolve: open } = Promise.withResolvers<null>();
  const muffled: EventBus = {
    ...bus,
    subscribe: speaker => {
      const subscription = bus.subscribe(speaker);
      if (speaker !== 'shopping') return subscription;
      return { ...subscription, read: (positions, wait) => opened.then(() => subscription.read(positions, wait)) };
    },
  };
  house = neighbourhood(muffled);
  house.silent.add('shopping');
  const plan = planOf();
  await create(startAll(generate, 4000), plan, 4000);
  await expect.poll(() => deedsOf(shopping, plan), { timeout: 30_000 }).toEqual(['deleted', 'generated']);
  expect((await sagaOf(plan))?.state).toBe('COMPENSATING');
  open(null);
  house.silent.clear();
  await ends(plan).toBe('COMPENSATED');
  expect(await deedsOf(mealplans, plan)).toEqual(['failed', 'pending']);
});

test('a saga goes on where it stood after its service was stopped and started again, at every step', async () => {
  const plan = planOf();
  const plans = startPlans();
  await create(plans, plan);
  for (const [service, db, commands] of [
    ['users', users, [validate]],
    ['shopping', shopping, [generate]],
    ['notifications', notifications, [announce]],
  ] as const) {
    await house.stop('mealplans');
    startPlans();
    house.start(service, db, { commands });
    const before = (await sagaOf(plan))?.version ?? 0;
    await expect
      .poll(async () => (await sagaOf(plan))?.version !== before || (await sagaOf(plan))?.state === 'COMPLETED')
      .toBe(true);
  }
  await ends(plan).toBe('COMPLETED');
  expect(await deedsOf(mealplans, plan)).toEqual(['confirmed', 'pending']);
  expect(await deedsOf(shopping, plan)).toEqual(['generated']);
  await expect.poll(() => deedsOf(notifications, plan)).toEqual(['announced']);
});

test('an own step that waits is tried again, and one that is refused takes the saga back', async () => {
  let tries = 0;
  const moody = (outcome: () => void) =>
    saga<MealPlanState, Tx>('Moody', { within: seconds(60), perStep: seconds(20) }, [
      here('prepare', async ({ input }, tx) => act(tx, `prepared:${input.id}`), {
        undo: async ({ input }, tx) => act(tx, `cleared:${input.id}`),
      }),
      ask(ValidateUser, ({ ownerId }) => ({ userId: ownerId })),
      here('finish', async ({ input }, tx) => {
        await act(tx, `finished:${input.id}`);
        outcome();
      }),
    ]);
  house.start('users', users, { commands: [validate] });
  const waiting = moody(() => {
    if (++tries < 3) throw new NotYet('not yet');
  });
  const patient = planOf();
  const plans = house.start('mealplans', mealplans, { sagas: [waiting] });
  await plans.commit(ana, tx => startSaga(tx, waiting, { id: patient.id, input: patient }));
  await ends(patient).toBe('COMPLETED');
  expect(await deedsOf(mealplans, patient)).toEqual(['finished', 'prepared']);
  await house.stop('mealplans');
  const refusing = moody(() => {
    throw new Refused('NO', 'no');
  });
  const hopeless = planOf();
  const others = house.start('mealplans', mealplans, { sagas: [refusing] });
  await others.commit(ana, tx => startSaga(tx, refusing, { id: hopeless.id, input: hopeless }));
  await ends(hopeless).toBe('COMPENSATED');
  expect(await deedsOf(mealplans, hopeless)).toEqual(['cleared', 'prepared']);
});

test('nothing is asked after the pivot, and nothing told before it', () => {
  const pivot = here<MealPlanState, Tx>('pivot', () => Promise.resolve(), { pivot: true });
  const asked = ask<MealPlanState, typeof ValidateUser.input>(ValidateUser, plan => ({ userId: plan.ownerId }));
  const told = tell<MealPlanState, Tx, typeof AnnounceMealPlan.input>(AnnounceMealPlan, plan => ({ plan }));
  const times = { within: 1, perStep: 1 };
  expect(() => saga('Late', times, [pivot, asked])).toThrow('Late: ValidateUser stands on the wrong side');
  expect(() => saga('Early', times, [told, pivot])).toThrow('Early: AnnounceMealPlan stands on the wrong side');
});
