import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { askBy } from '@mealprep360/service/ask';
import type { Ask } from '@mealprep360/service/ask';
import type { Keys } from '@mealprep360/service/tokens';
import { z } from 'zod';

const shipped = fileURLToPath(new URL('../data/recipes.jsonl', import.meta.url));
const batch = 20;
const answer = z.object({ created: z.int(), present: z.int() });

/** The launcher's own way to the services' internal routes. */
export function askAs(keys: Keys, urls: Record<string, string>): Ask {
  // a batch of recipes is parsed line by line: on a busy machine that takes its time
  return askBy(keys, urls, 60_000);
}

/** The schema.org recipes that come with the system, one object each. */
export async function shippedRecipes(file = shipped): Promise<unknown[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter(line => line.trim() !== '');
  return lines.map((line): unknown => JSON.parse(line));
}

/** Hands the recipes to the recipes service, which keeps those that it has not got; resolves with how many were new. */
export async function loadRecipes(
  ask: Ask,
  recipes: unknown[],
  onProgress: (done: number, total: number) => void,
): Promise<number> {
  let created = 0;
  for (let done = 0; done < recipes.length; done += batch) {
    onProgress(done, recipes.length);
    const some = recipes.slice(done, done + batch);
    created += answer.parse(await ask('recipes', '/internal/shipped-recipes', { recipes: some })).created;
  }
  onProgress(recipes.length, recipes.length);
  return created;
}
