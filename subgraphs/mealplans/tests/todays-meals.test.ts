import { UserUpdated } from '@mealprep360/contracts/users';
import { newId } from '@mealprep360/mongo/id';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { todayIn } from '../src/domain/dates.ts';
import { MAX_MEALS_OF_DAY } from '../src/meals-of-days.ts';
import { activePlan, dinner, eventually, openHouse, preferences, settings, type House } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.stop());

const TODAY = '{ me { todaysMeals { date note } } }';
const ON = 'query ($date: LocalDate!) { me { todaysMeals(date: $date) { note mealType } } }';

const liveIn = (userId: string, timeZone: string) =>
  house.neighbours.users.set(userId, { preferences, settings: { ...settings, timeZone } });

test('go by the day that it is where the user lives', async () => {
  const [east, west] = [newId(), newId()];
  liveIn(east, 'Pacific/Kiritimati');
  liveIn(west, 'Pacific/Pago_Pago');
  const now = new Date();
  const days = [todayIn('Pacific/Pago_Pago', now), todayIn('Pacific/Kiritimati', now)] as const;
  const range = { startDate: days[0], endDate: days[1] };
  const everyDay = [dinner(days[0], { note: days[0] }), dinner(days[1], { note: days[1] })];
  await activePlan(house, east, everyDay, range);
  await activePlan(house, west, everyDay, range);
  expect((await house.graph(east, TODAY)).data.me.todaysMeals).toEqual([{ date: days[1], note: days[1] }]);
  expect((await house.graph(west, TODAY)).data.me.todaysMeals).toEqual([{ date: days[0], note: days[0] }]);
});

test('move with the user to another time zone', async () => {
  const ana = newId();
  liveIn(ana, 'Pacific/Kiritimati');
  const there = todayIn('Pacific/Pago_Pago', new Date());
  await activePlan(house, ana, [dinner(there, { note: 'at home' })], { startDate: there, endDate: there });
  expect((await house.graph(ana, TODAY)).data.me.todaysMeals).toEqual([]);
  const moved = { id: ana, preferences, settings: { ...settings, timeZone: 'Pacific/Pago_Pago' } };
  await house.say('users', UserUpdated.of(ana, 2, moved));
  await eventually(async () => (await house.graph(ana, TODAY)).data.me.todaysMeals).toMatchObject([
    { note: 'at home' },
  ]);
});

test('are not known while the time zone is not, and known for a date all the same', async () => {
  const ana = newId();
  house.neighbours.users.set(ana, 'AWAY');
  const { data, errors } = await house.graph(ana, TODAY);
  expect(data).toEqual({ me: { todaysMeals: null } });
  expect(errors).toMatchObject([{ path: ['me', 'todaysMeals'], extensions: { code: 'NOT_READY' } }]);
  expect(await house.graph(ana, ON, { date: '2026-11-23' })).toEqual({ data: { me: { todaysMeals: [] } } });
});

test('hold all ACTIVE plans of the day by meal, and nothing of a day that is skipped', async () => {
  const ana = newId();
  const first = await activePlan(house, ana, [
    dinner('2026-11-23', { note: 'soup' }),
    dinner('2026-11-24', { note: 'tomorrow' }),
  ]);
  await activePlan(house, ana, [dinner('2026-11-23', { note: 'porridge', mealType: 'BREAKFAST' })]);
  const meals = async () =>
    (await house.graph(ana, ON, { date: '2026-11-23' })).data.me.todaysMeals.map((item: { note: string }) => item.note);
  expect(await meals()).toEqual(['porridge', 'soup']);
  const skip = 'mutation ($id: ID!) { skipDay(mealPlanId: $id, date: "2026-11-23") { userErrors { code } } }';
  await house.graph(ana, skip, { id: first.id });
  expect(await meals()).toEqual(['porridge']);
});

test(`end after ${MAX_MEALS_OF_DAY}`, async () => {
  const ana = newId();
  const many = Array.from({ length: MAX_MEALS_OF_DAY + 1 }, (_, index) =>
    dinner('2026-11-23', { note: `dish ${index}` }),
  );
  await activePlan(house, ana, many);
  const { data } = await house.graph(ana, ON, { date: '2026-11-23' });
  expect(data.me.todaysMeals).toHaveLength(MAX_MEALS_OF_DAY);
  expect(data.me.todaysMeals[0]).toEqual({ note: 'dish 0', mealType: 'DINNER' });
});
