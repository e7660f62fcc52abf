import { readRooms } from '@mealprep360/dev-env/rooms';
import { openRooms, room, type Rooms } from '@mealprep360/testing/rooms';
import { join } from 'node:path';
import type { MeasuredRoom, Seed } from './measure.ts';
import { seedBlog } from './seeds/blog.ts';
import { seedMealPlans } from './seeds/mealplans.ts';
import { seedNotifications } from './seeds/notifications.ts';
import { seedPeople } from './seeds/people.ts';
import { seedRecipes } from './seeds/recipes.ts';
import { seedShopping } from './seeds/shopping.ts';
import { seedSocial } from './seeds/social.ts';
import { seedUsers } from './seeds/users.ts';

/** What fills the lists of a room; one without a list needs no seed. */
const seeds: Readonly<Record<string, Seed>> = {
  users: seedUsers,
  recipes: seedRecipes,
  mealplans: seedMealPlans,
  shopping: seedShopping,
  social: seedSocial,
  blog: seedBlog,
  notifications: seedNotifications,
};

/** Every room of supergraph.yaml with what fills its lists. */
export const measuredRooms: readonly MeasuredRoom[] = await loadRooms();

// One after the other: Node cannot load CommonJS that rooms share (graphql, mongoose) for two of them at once.
async function loadRooms(): Promise<MeasuredRoom[]> {
  const rooms: MeasuredRoom[] = [];
  for (const { name } of await readRooms(process.cwd())) rooms.push(await measuredRoom(name));
  return rooms;
}

async function measuredRoom(name: string): Promise<MeasuredRoom> {
  const path = join(process.cwd(), 'subgraphs', name, 'src/index.ts');
  const manifest = ((await import(path)) as Record<string, Parameters<typeof room>[0]>)[name];
  if (manifest === undefined) throw new Error(`${path} exports no ${name}`);
  // What it does beside its requests reads collections that requests read too, and would be counted with them.
  const { background: _, ...quiet } = manifest;
  return { room: room(quiet), collections: manifest.collections, seed: seeds[name] ?? seedPeople };
}

/** Opens them all, on the servers that are given, or on those of the test run. */
export const openMeasuredRooms = (...servers: Parameters<typeof openRooms>[1][]): Promise<Rooms> =>
  openRooms(
    measuredRooms.map(measured => measured.room),
    ...servers,
  );
