import { openMeasuredRooms } from '../../bench/src/commands/rooms.ts';
import { openDoors, type OpenDoors } from '../../bench/src/doors/cost.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

let rooms: Awaited<ReturnType<typeof openMeasuredRooms>>;
let doors: OpenDoors;

beforeAll(async () => {
  rooms = await openMeasuredRooms();
  doors = await openDoors(rooms, inject('servers'));
});
afterAll(async () => {
  await doors.stop();
  await rooms.stop();
});

const many = (length: number): unknown => expect.objectContaining({ length }) as unknown;

it.each([5, 50])('the dashboard costs 4 fetches and 6 commands with %i entries behind each part', async entries => {
  const { screen, fetches, commands } = await doors.cost('dashboard', entries);
  expect(screen).toMatchObject({
    recentMealPlans: many(5),
    recommendedRecipes: many(Math.min(entries, 10)),
    notifications: many(Math.min(entries, 10)),
  });
  expect(fetches).toEqual({ users: 1, recipes: 1, mealplans: 1, notifications: 1 });
  expect(commands).toEqual({
    users: ['find users'],
    recipes: ['aggregate recipes', 'find saved_recipes', 'find user_copy'],
    mealplans: ['aggregate meal_plans'],
    notifications: ['aggregate notifications'],
  });
});

it.each([5, 50])('the home screen costs 4 fetches and 10 commands with %i meals and items on it', async entries => {
  const { screen, fetches, commands } = await doors.cost('home', entries);
  const { todaysMeals, shoppingList } = screen as {
    todaysMeals: { recipe: unknown }[];
    shoppingList: { itemsByAisle: { items: unknown[] }[] };
  };
  expect(todaysMeals.filter(({ recipe }) => recipe !== null)).toHaveLength(entries);
  expect(shoppingList.itemsByAisle.flatMap(({ items }) => items)).toHaveLength(entries);
  expect(fetches).toEqual({ users: 1, mealplans: 1, recipes: 1, shopping: 1 });
  expect(commands).toEqual({
    users: ['find users'],
    mealplans: ['aggregate meal_plan_items', 'find meal_plans', 'find skipped_days', 'find user_copy'],
    recipes: ['find recipes'],
    shopping: ['aggregate shopping_items', 'find shopping_lists', 'find store_locations', 'find user_copy'],
  });
});
