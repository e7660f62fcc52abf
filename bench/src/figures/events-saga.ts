import { startHouse } from '@mealprep360/dev-env/house';
import { freePortBase } from '@mealprep360/dev-env/ports';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { signUp } from '../doors/sign-up.ts';
import { quantile } from '../doors/turns.ts';
import { median, type Figure, type Row } from '../figure.ts';
import { guest, type Guest } from '../parts/guest.ts';

const ROUNDS = 3;
const PLANS = 200;
const WARM_UP = 20;
const TOGETHER = 4;
const RECIPES = 3;
const P99 = 1000;

const imported = z.object({ importRecipe: z.object({ recipe: z.object({ id: z.string() }) }) });
const planned = z.object({ createMealPlan: z.object({ mealPlan: z.object({ id: z.string(), status: z.string() }) }) });
const found = z.object({ mealPlan: z.object({ status: z.string() }) });

/** The saga CreateMealPlan in the whole house, with a shopping list: four services take part, and nothing goes wrong. */
export const saga: Figure = {
  name: 'saga',
  about: `createMealPlan in the house, from the call to ACTIVE: alone and ${TOGETHER} at once (about 3 minutes)`,
  run: async (tell, signal) => {
    const data = mkdtempSync(join(tmpdir(), 'mealprep360-bench-'));
    try {
      tell('starting a house …');
      const house = await startHouse({ portBase: await freePortBase(), data, signal });
      try {
        const people: Cook[] = [];
        for (let nth = 0; nth < TOGETHER; nth++) people.push(await cook(house.graph, `guest${nth}`));
        await plans(people, WARM_UP, signal);
        const alone: number[][] = [];
        const together: number[][] = [];
        for (let round = 1; round <= ROUNDS; round++) {
          alone.push(await plans(people.slice(0, 1), PLANS, signal));
          together.push(await plans(people, PLANS, signal));
          tell(`${round} of ${ROUNDS}: alone ${told(alone.slice(-1))}, together ${told(together.slice(-1))}`);
        }
        return [rowOf('one at a time', alone), rowOf(`${TOGETHER} at once`, together)];
      } finally {
        await house.stop();
      }
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  },
};

const middle = (rounds: readonly number[][], part: number): number =>
  median(rounds.map(times => quantile(times, part)));
const told = (rounds: readonly number[][]): string =>
  `p50 ${middle(rounds, 0.5).toFixed(0)} ms, p99 ${middle(rounds, 0.99).toFixed(0)} ms`;

const rowOf = (how: string, rounds: readonly number[][]): Row => ({
  what: `createMealPlan to ACTIVE, ${how} (${ROUNDS} × ${PLANS})`,
  value: told(rounds),
  bar: `p99 ≤ ${P99} ms`,
  holds: middle(rounds, 0.99) <= P99,
});

interface Cook {
  guest: Guest;
  recipeIds: string[];
}

async function cook(graph: string, name: string): Promise<Cook> {
  const person = guest(graph, await signUp(graph, name));
  const document = 'mutation($input: ImportRecipeInput!) { importRecipe(input: $input) { recipe { id } } }';
  const recipeIds: string[] = [];
  for (const jsonLd of readFileSync('dev-env/data/recipes.jsonl', 'utf8').split('\n', RECIPES)) {
    recipeIds.push((await person.ask(document, { input: { jsonLd } }, imported)).importRecipe.recipe.id);
  }
  return { guest: person, recipeIds };
}

let keys = 0;

/** Makes so many plans, each person one after the other; the milliseconds that each took. */
async function plans(people: readonly Cook[], count: number, signal: AbortSignal): Promise<number[]> {
  const times: number[] = [];
  let left = count;
  const work = async (who: Cook) => {
    while (left-- > 0) {
      signal.throwIfAborted();
      times.push(await millisecondsToActive(who));
    }
  };
  await Promise.all(people.map(work));
  return times;
}

async function millisecondsToActive({ guest: person, recipeIds }: Cook): Promise<number> {
  const date = new Date().toISOString().slice(0, 10);
  const items = recipeIds.map(recipeId => ({ date, mealType: 'DINNER', recipeId }));
  const idempotencyKey = `bench-${(keys += 1)}`;
  const input = { startDate: date, endDate: date, items, generateShoppingList: true, idempotencyKey };
  const document = `mutation($input: CreateMealPlanInput!) { createMealPlan(input: $input) { mealPlan { id status } } }`;
  const began = performance.now();
  const { id, status: first } = (await person.ask(document, { input }, planned)).createMealPlan.mealPlan;
  let status = first;
  while (status === 'PENDING') {
    await pause(10);
    status = (await person.ask('query($id: ID!) { mealPlan(id: $id) { status } }', { id }, found)).mealPlan.status;
  }
  if (status !== 'ACTIVE') throw new Error(`plan ${id} is ${status} without a fault`);
  return performance.now() - began;
}
