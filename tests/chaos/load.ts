import { post, signUp, Unknown } from './client.ts';
import { until } from './faults/fault.ts';
import { journal, type Journal } from './journal.ts';
import { leave } from './leaver.ts';
import { createRecipe, newPlan, operations, type Actor, type World } from './operations.ts';
import type { Random } from './random.ts';

export interface Load {
  world: World;
  journal: Journal;
  /** Lets nobody begin anything until the answered function is called; resolves when all have their answers. */
  pause: () => Promise<() => void>;
  /** One plan with a list, by anybody. */
  plan: () => Promise<void>;
  /** Somebody signs up, writes in every room, and deletes their account. */
  leave: () => Promise<void>;
  /** A plan for whoever a token says it is for. Answers whether it was answered. */
  planAs: (token: string) => Promise<boolean>;
  /** Lets people use the house until `enough` says so; resolves when the last of them has an answer. */
  drive: (enough: () => boolean) => Promise<void>;
}

const PEOPLE = 10;
const RECIPES = 3;
const AT_ONCE = 5;
/** so many in a hundred deeds are that somebody leaves */
const LEAVING = 0.8;

/** Signs people up, each with recipes of their own. */
export async function startLoad(graph: string, random: Random, leaving = LEAVING): Promise<Load> {
  const known = journal();
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, (_, index) => signUp(graph, `cook.${index}@example.org`, `Cook ${index}`)),
  );
  const actors = people.map((person): Actor => ({ person, recipes: [], plans: [] }));
  const world: World = { actors, shipped: await shippedRecipes(actors[0]), posts: [], random, journal: known };
  await Promise.all(
    actors.map(async actor => {
      for (let count = 0; count < RECIPES; count++) await createRecipe(actor, world);
    }),
  );
  let open = Promise.withResolvers<null>();
  open.resolve(null);
  let busy = 0;
  const drive = async (enough: () => boolean): Promise<void> => {
    const work = async (): Promise<void> => {
      while (!enough()) {
        await open.promise;
        busy += 1;
        const leaves = random.chance(leaving / 100) ? () => leave(graph, world) : undefined;
        await doSomething(world, leaves).finally(() => (busy -= 1));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  };
  const stopAll = async (): Promise<() => void> => {
    open = Promise.withResolvers<null>();
    await until('everybody has an answer', () => busy === 0, 150_000);
    return () => open.resolve(null);
  };
  const planAs = async (token: string): Promise<boolean> => {
    const date = '2026-11-30';
    const items = [{ date, mealType: 'DINNER', recipeId: world.shipped[0], servings: 2 }];
    const input = { startDate: date, endDate: date, items, generateShoppingList: false, idempotencyKey: 'refused' };
    const document = 'mutation($input: CreateMealPlanInput!) { createMealPlan(input: $input) { userErrors { code } } }';
    const { errors } = await post(graph, token, document, { input }).catch(() => ({ errors: [null] }));
    return errors.length === 0;
  };
  const plan = async (): Promise<void> => {
    await newPlan(random.pick(actors), world, { wantsList: true });
  };
  return { world, journal: known, drive, planAs, pause: stopAll, plan, leave: () => leave(graph, world) };
}

async function doSomething(world: World, leaving?: () => Promise<void>): Promise<void> {
  const { random, actors, journal: known } = world;
  const names = Object.entries(operations).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name));
  const name = leaving ? 'leave' : random.pick(names);
  try {
    await (leaving ? leaving() : operations[name]?.run(random.pick(actors), world));
    known.count(name, 'answered');
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    known.count(name, 'unknown');
  }
}

async function shippedRecipes(actor: Actor | undefined): Promise<string[]> {
  const document = '{ recipes(first: 50) { edges { node { id } } } }';
  const { payload } = (await actor?.person.insist(document)) ?? { payload: { edges: [] } };
  return (payload.edges as { node: { id: string } }[]).map(({ node }) => node.id);
}
