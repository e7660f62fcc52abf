import { RecipeCreated } from '@mealprep360/contracts/recipes';
import { mealplans } from '@mealprep360/mealplans/index';
import { recipeCopyCollection } from '@mealprep360/mealplans/models/recipe-copy';
import { recipes } from '@mealprep360/recipes/index';
import { startService, type RunningService } from '@mealprep360/service/start-service';
import { setTimeout as pause } from 'node:timers/promises';
import { copyDatabase, ownedRecipes, ownerDatabase, type Carrier, type Place } from './carrier.ts';
import { now } from './now.ts';

const nobody = { userId: null, correlationId: 'bench', causationId: null, traceparent: null };

/** The rooms of the house themselves: outbox, relay, streams, checkpoints. */
export const ours: Carrier = {
  sender: async at => {
    const { events } = await untilReady(
      startService(
        { ...recipes, collections: [...recipes.collections, ownedRecipes] },
        { ...config(at, 'recipes', ownerDatabase(at)), port: at.port },
      ),
    );
    return {
      send: async recipe => {
        await events.commit(nobody, async ({ db, session, emit }) => {
          await db.raw(ownedRecipes).insertOne({ _id: recipe.id, ...recipe }, { session });
          emit(RecipeCreated.of(recipe.id, 1, recipe));
        });
        return now();
      },
    };
  },
  receiver: async at => {
    const service = await untilReady(startService(mealplans, config(at, 'mealplans', copyDatabase(at))));
    return { rebuild: () => rebuildRate(service) };
  },
};

const config = (at: Place, room: 'recipes' | 'mealplans', database: string): Parameters<typeof startService>[1] => ({
  production: false,
  host: '127.0.0.1',
  port: 0,
  logLevel: 'fatal',
  redisUrl: at.redis,
  signingKeyFile: at.signingKeyFiles[room],
  publicKeysFile: at.publicKeysFile,
  subgraphUrls: { recipes: `http://127.0.0.1:${at.port}/graphql` },
  database: { uri: at.mongodb, name: database, readPreference: 'primary' },
  userKeysMasterKey: null,
  crashAt: null,
  auditEvents: false,
});

async function untilReady(starting: Promise<RunningService>): Promise<RunningService> {
  const service = await starting;
  await service.db.ready;
  while (!(await service.events.ready())) await pause(20);
  return service;
}

async function rebuildRate({ events }: RunningService): Promise<number> {
  const { name } = recipeCopyCollection;
  await events.readModels.rebuild(name, 'bench');
  for (;;) {
    const found = await events.readModels.find(name);
    if (found?.state === 'FAILED') throw new Error(`the copy was not rebuilt: ${found.error ?? ''}`);
    if (found?.state === 'DONE' && found.startedAt !== null && found.finishedAt !== null) {
      return found.events / ((found.finishedAt.getTime() - found.startedAt.getTime()) / 1000);
    }
    await pause(20);
  }
}
