// A process that rebuilds a copy and may be made to die at a point; its surroundings are given by its arguments.
import { openDatabase, type Database } from '@mealprep360/mongo/database';
import pino from 'pino';
import { copyModel } from '../src/copy-rebuild.ts';
import { armCrash } from '../src/crash-points.ts';
import { historyRoutes } from '../src/history.ts';
import { outboxCollection } from '../src/outbox.ts';
import { platformCollections } from '../src/platform-collections.ts';
import { startRebuilder } from '../src/rebuilder.ts';
import { ratingCopy } from './rating-copy.ts';

const [uri = '', own = '', owner = '', point = ''] = process.argv.slice(2);
const outbox = outboxCollection();
const open = async (name: string): Promise<Database> => {
  const collections = [...platformCollections(outbox), ratingCopy];
  const db = openDatabase({ uri, name, collections, appName: 'rebuilding', onError: () => undefined });
  await db.ready;
  return db;
};

armCrash(point);
const [db, said] = [await open(own), await open(owner)];
const history = historyRoutes(said, outbox);
const { desk } = startRebuilder({
  db,
  models: [copyModel(ratingCopy)],
  ask: (_, path, body) => history[path]?.(body) ?? Promise.reject(new Error(`${path} is not there`)),
  logger: pino({ level: 'silent' }),
});
await desk.rebuild('rating_copy', 'who will be killed');
