import { sagaRows } from '@mealprep360/events/saga-row';
import { newId } from '@mealprep360/mongo/id';
import { eraseUser } from '@mealprep360/testing/erase-user';
import { openRooms, room, speaker, type Rooms } from '@mealprep360/testing/rooms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mealplans } from '../src/index.ts';
import { mealPlanCollection } from '../src/models/meal-plan.ts';
import { outbox } from '../src/models/outbox.ts';

let rooms: Rooms;
beforeAll(async () => {
  rooms = await openRooms([room(mealplans), speaker('users'), speaker('shopping')]);
});
afterAll(() => rooms.stop());

test('a plan that is being made is waited for until its saga has ended, and goes with all that was said of it', async () => {
  const { db } = rooms.service('mealplans');
  const userId = newId();
  const day = '2026-11-23';
  const input = {
    ...{ name: 'Secret week', startDate: day, endDate: day, idempotencyKey: 'k', generateShoppingList: false },
    items: [{ date: day, mealType: 'LUNCH', note: 'Secret note', servings: 2 }],
  };
  const document =
    'mutation ($input: CreateMealPlanInput!) { createMealPlan(input: $input) { mealPlan { id status } } }';
  // users, which is only imitated here, never answers: the saga is taken back after the 10 s of the step
  const { data } = await rooms.query('mealplans', { userId }, document, { input });
  expect(data.createMealPlan.mealPlan.status).toBe('PENDING');
  expect(await eraseUser(rooms, 'mealplans', userId)).toEqual({ recordsErased: 2, recordsAnonymised: 0 });
  const { id } = data.createMealPlan.mealPlan;
  expect(await db.raw(mealPlanCollection).countDocuments({ _id: id })).toBe(0);
  expect(await db.raw(sagaRows).findOne({ _id: id })).toMatchObject({ state: 'COMPENSATED', input: null });
  const said = await db.raw(outbox).find({ aggregateId: id }).toArray();
  expect(said.map(({ erased, eventData }) => ({ erased, eventData }))).toEqual([{ erased: true, eventData: null }]);
});
