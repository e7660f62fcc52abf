import { recipeState } from '@mealprep360/contracts/recipes';
import { Queue, Worker } from 'bullmq';
import { keepPlainly, openCopies, openOwned, ownedRecipes, type Carrier } from './carrier.ts';
import { now } from './now.ts';

const QUEUE = 'recipes';
/** as many as there are partitions in ours */
const AT_ONCE = 8;
/** milliseconds after which a job of a worker that died is taken over: 30 s unless told */
const STALLED = 5000;

/** A job queue: a write, then a job; its worker writes the copy. */
export const bullmq: Carrier = {
  sender: async at => {
    const db = await openOwned(at);
    const queue = new Queue(QUEUE, { connection: { url: at.redis } });
    queue.on('error', isAway);
    return {
      send: async recipe => {
        await db.raw(ownedRecipes).insertOne({ _id: recipe.id, ...recipe });
        const at = now();
        await queue.add('RecipeCreated', recipe, { attempts: 5, removeOnComplete: true });
        return at;
      },
    };
  },
  receiver: async at => {
    const db = await openCopies(at);
    const options = {
      connection: { url: at.redis, maxRetriesPerRequest: null },
      concurrency: AT_ONCE,
      lockDuration: STALLED,
      stalledInterval: STALLED,
    };
    const worker = new Worker(QUEUE, job => keepPlainly(db, recipeState.parse(job.data)), options);
    worker.on('error', isAway);
    await worker.waitUntilReady();
    return {};
  },
};

// the client connects again by itself; what is lost meanwhile is counted by the copies that are missing
const isAway = (): void => undefined;
