import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ask } from '@mealprep360/service/ask';
import { demoAccount, makeDemoAccount } from './demo-account.ts';
import type { DemoAccount } from './demo-account.ts';
import type { Room } from './rooms.ts';
import { writePrivate } from './secrets.ts';
import type { Report } from './servers/kind.ts';
import { loadRecipes, shippedRecipes } from './shipped-recipes.ts';

/** Called as a long step goes on; `done` equals `total` once, at its end. */
export type Progress = (what: string, done: number, total: number) => void;

export interface FirstStart {
  /** the data folder, which remembers what was loaded */
  folder: string;
  graph: string;
  ask: Ask;
  rooms: Room[];
  production: boolean;
  report: Report;
  progress: Progress;
}

interface Loaded {
  /** hash of the shipped recipes: other recipes are loaded again */
  recipes?: string;
  demo?: boolean;
}

const file = (folder: string) => join(folder, 'loaded.json');

/** Loads the shipped recipes on the first start, and whenever others are shipped. */
export async function ensureRecipes({ folder, ask, rooms, report, progress }: FirstStart): Promise<void> {
  if (!rooms.some(({ name }) => name === 'recipes')) return;
  const recipes = await shippedRecipes();
  const hash = createHash('sha256').update(JSON.stringify(recipes)).digest('hex');
  const loaded = await read(folder);
  if (loaded.recipes === hash) return;
  const created = await loadRecipes(ask, recipes, (done, total) => progress('Loading the recipes', done, total));
  report(`${created} recipes are new, ${recipes.length - created} were there.`);
  await writePrivate(file(folder), JSON.stringify({ ...loaded, recipes: hash }));
}

/** Makes the demo account on the first start; null where there is none. */
export async function ensureDemoAccount(first: FirstStart): Promise<DemoAccount | null> {
  const { folder, graph, ask, rooms, production } = first;
  if (production || !rooms.some(({ name }) => name === 'users')) return null;
  const secrets = join(folder, 'secrets');
  const loaded = await read(folder);
  if (loaded.demo) return demoAccount(secrets);
  const account = await makeDemoAccount(graph, ask, secrets);
  await writePrivate(file(folder), JSON.stringify({ ...loaded, demo: true }));
  return account;
}

async function read(folder: string): Promise<Loaded> {
  const text = await readFile(file(folder), 'utf8').catch(() => '{}');
  return JSON.parse(text) as Loaded;
}
