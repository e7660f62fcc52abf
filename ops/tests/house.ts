import { GenerateShoppingList } from '@mealprep360/contracts/commands';
import { RecipeRated } from '@mealprep360/contracts/recipes';
import { reactions } from '@mealprep360/events/reactions';
import { ask, here, saga, seconds } from '@mealprep360/events/saga';
import { startSaga } from '@mealprep360/events/saga-engine';
import type { Tx } from '@mealprep360/events/unit-of-work';
import { newId } from '@mealprep360/mongo/id';
import type { Scope, Subgraph } from '@mealprep360/service/subgraph';
import { openRooms, room, speaker, type Rooms } from '@mealprep360/testing/rooms';
import { users } from '@mealprep360/users/index';
import { parse } from 'graphql';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { run } from '../src/run.ts';

/** Aggregates whose events mealplans cannot digest at the moment. */
export const poison = new Set<string>();

interface Plan {
  id: string;
}

const makePlan = saga<Plan, Tx>('CreateMealPlan', { within: seconds(300), perStep: seconds(300) }, [
  here('savePending', () => Promise.resolve(), { undo: () => Promise.resolve() }),
  ask(GenerateShoppingList, ({ id }) => ({
    plan: {
      ...{ id, ownerId: id, name: 'Week', startDate: '2026-11-23', endDate: '2026-11-29', items: [] },
      ...{ skippedDays: [], status: 'ACTIVE' as const, shoppingList: true },
    },
  })),
  here('confirm', () => Promise.resolve(), { pivot: true }),
]);

/** A room whose events can be made to fail, and whose saga waits for a shopping service that does nothing. */
const mealplans: Subgraph<Tx, Scope<Tx>> = {
  name: 'mealplans',
  envPrefix: '',
  typeDefs: parse('type Query { _room: Boolean }'),
  resolvers: {},
  collections: [],
  context: scope => scope,
  work: tx => tx,
  heardBy: ['users', 'shopping'],
  reactions: [
    reactions<Tx>()('recipes', {
      RecipeRated: ({ aggregateId }) =>
        poison.has(aggregateId) ? Promise.reject(new Error('this cannot be digested')) : Promise.resolve(),
    }),
  ],
  sagas: [makePlan],
};

export interface TestHouse {
  rooms: Rooms;
  /** the ops command line, in this process */
  ops: (...args: string[]) => ReturnType<typeof runOps>;
  environment: Record<string, string>;
  /** starts a saga, which waits for its second step; resolves with its id */
  startPlan: () => Promise<string>;
  rate: (recipe: string, ...versions: number[]) => Promise<void>;
  stop: () => Promise<void>;
}

/** Of the others the house only needs to know how much they have said. */
const stands = ['recipes', 'shopping', 'social', 'blog', 'notifications'];
export const names = ['users', 'mealplans', ...stands];

export async function openHouse(): Promise<TestHouse> {
  const rooms = await openRooms([room(users), room(mealplans), ...stands.map(name => speaker(name))]);
  const folder = await mkdtemp(join(tmpdir(), 'ops-'));
  const list = Object.fromEntries(names.map(name => [name, { routing_url: 'http://127.0.0.1:9/graphql' }]));
  const supergraphFile = join(folder, 'supergraph.yaml');
  await writeFile(supergraphFile, JSON.stringify({ subgraphs: list }));
  const environment = {
    OPS_SIGNING_KEY_FILE: inject('servers').keys.signing.ops ?? '',
    SUPERGRAPH_FILE: supergraphFile,
    ...Object.fromEntries(names.map(name => [`${name.toUpperCase()}_URL`, rooms.service(name).url])),
  };
  return {
    rooms,
    environment,
    ops: (...args) => runOps(environment, args),
    startPlan: async () => {
      const id = newId();
      const actor = { userId: null, correlationId: id, causationId: null, traceparent: null };
      await rooms.service('mealplans').events.commit(actor, tx => startSaga(tx, makePlan, { id, input: { id } }));
      return id;
    },
    rate: (recipe, ...versions) =>
      rooms.say(
        'recipes',
        ...versions.map(version =>
          RecipeRated.of(recipe, version, { id: recipe, recipeId: recipe, userId: newId(), ratingValue: 5 }),
        ),
      ),
    stop: async () => {
      await rooms.stop();
      await rm(folder, { recursive: true });
    },
  };
}

export async function runOps(environment: Record<string, string>, args: readonly string[]) {
  let [out, err] = ['', ''];
  const terminal = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    showsBars: false,
    environment,
  };
  const code = await run(args, terminal);
  return {
    code,
    out,
    err, // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is the command's own
    json: (): any => JSON.parse(out),
  };
}
