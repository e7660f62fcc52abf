import { RecipeCreated } from '@mealprep360/contracts/recipes';
import { platformCollections } from '@mealprep360/events/platform-collections';
import { commitAs, unitOfWork } from '@mealprep360/events/unit-of-work';
import { recipeCopyCollection } from '@mealprep360/mealplans/models/recipe-copy';
import { openDatabase, type Database } from '@mealprep360/mongo/database';
import { outbox } from '@mealprep360/recipes/models/outbox';
import { ownerDatabase, type Place } from '../events/carrier.ts';
import { aRecipe } from '../events/recipe.ts';
import { openStage, type Play } from '../events/stage.ts';
import { median, type Figure } from '../figure.ts';
import { until } from '../parts/until.ts';

const ROUNDS = 3;
/** what the log holds when it is sent, applied and rebuilt */
const LOG = 20_000;
/** what is on the way when Redis is gone */
const OUTSTANDING = 10_000;
const TOGETHER = 500;
const DRAIN = 1500;
const REBUILD = 5000;
const WIPED = 15;
/** seconds after which a machine that has other things to do is not waited for any more */
const PATIENCE = 60;

interface Measured {
  drain: number;
  through: number;
  rebuild: number;
  wiped: number;
  lost: number;
}

/** What the log can do: send, apply, rebuild, and be the truth when Redis is gone. */
export const log: Figure = {
  name: 'log',
  about: `the log of ${LOG} events: sent and applied, rebuilt, and Redis wiped with ${OUTSTANDING} more (about 2 minutes)`,
  run: async (tell, signal) => {
    const stage = await openStage(signal);
    const rounds: Measured[] = [];
    try {
      for (let round = 1; round <= ROUNDS; round++) {
        const said = (what: string) => tell(`${round} of ${ROUNDS}: ${what}`);
        rounds.push(await stage.give('ours', play => measure(play, said, signal)));
      }
    } finally {
      await stage.stop();
    }
    const middle = (what: keyof Measured) => median(rounds.map(measured => measured[what]));
    const rate = (what: 'drain' | 'through' | 'rebuild') => `${middle(what).toFixed(0)} events/s`;
    const lost = rounds.reduce((sum, measured) => sum + measured.lost, 0);
    return [
      {
        what: 'relay, outbox to Redis while a consumer reads',
        value: rate('drain'),
        bar: `≥ ${DRAIN}`,
        holds: middle('drain') >= DRAIN,
      },
      { what: '  from the first that was sent to the last copy', value: rate('through') },
      {
        what: 'rebuild of a copy: read, compared and swapped',
        value: rate('rebuild'),
        bar: `≥ ${REBUILD}`,
        holds: middle('rebuild') >= REBUILD,
      },
      {
        what: `Redis killed and empty with ${OUTSTANDING} events outstanding: lag 0 after`,
        value: `${middle('wiped').toFixed(1)} s`,
        bar: `≤ ${WIPED} s`,
        holds: middle('wiped') <= WIPED,
      },
      { what: `  of ${ROUNDS} × ${LOG + OUTSTANDING} events lost`, value: String(lost), bar: '0', holds: lost === 0 },
    ];
  },
};

async function measure(play: Play, tell: (progress: string) => void, signal: AbortSignal): Promise<Measured> {
  const owner = await openOwner(play.place);
  const patient = { seconds: PATIENCE, signal };
  const copied = (count: number) => until(`${count} copies`, async () => (await play.count()) === count, patient);
  try {
    await fill(owner, LOG);
    const receiver = await play.receiver();
    await play.sender();
    await copied(LOG);
    await until('all is sent', () => isSent(owner), patient);
    const sent = await sentAt(owner);
    const drain = perSecond(LOG - sent.inFirst, sent);
    const through = perSecond(LOG, { first: sent.first, last: await lastCopyAt(play) });
    tell(`sent at ${drain.toFixed(0)} events/s, copied at ${through.toFixed(0)} events/s`);
    const rebuild = await receiver.rebuild();
    tell(`rebuilt at ${rebuild.toFixed(0)} events/s`);
    receiver.kill('SIGSTOP');
    await fill(owner, OUTSTANDING);
    await until('all is sent', () => isSent(owner), patient);
    const began = performance.now();
    await play.killRedis(0, 'empty');
    receiver.kill('SIGCONT');
    // what does not come is counted as lost
    await copied(LOG + OUTSTANDING).catch(() => signal.throwIfAborted());
    const wiped = (performance.now() - began) / 1000;
    tell(`Redis wiped: lag 0 after ${wiped.toFixed(1)} s`);
    return { drain, through, rebuild, wiped, lost: LOG + OUTSTANDING - (await play.count()) };
  } finally {
    await owner.close();
  }
}

async function openOwner(place: Place): Promise<Database> {
  const db = openDatabase({
    uri: place.mongodb,
    name: ownerDatabase(place),
    collections: platformCollections(outbox),
    appName: 'bench',
    onError: error => process.stderr.write(`${String(error)}\n`),
  });
  await db.ready;
  return db;
}

/** Says events as a service does, many in a transaction. */
async function fill(db: Database, count: number): Promise<void> {
  const commit = commitAs(unitOfWork(db, outbox, () => undefined));
  const nobody = { userId: null, correlationId: 'bench', causationId: null, traceparent: null };
  for (let said = 0; said < count; said += TOGETHER) {
    const recipes = Array.from({ length: TOGETHER }, aRecipe);
    await commit(nobody, ({ emit }) => {
      for (const recipe of recipes) emit(RecipeCreated.of(recipe.id, 1, recipe));
    });
  }
}

const isSent = async (db: Database): Promise<boolean> => (await db.raw(outbox).findOne({ sentAt: null })) === null;

/** When the first batch was marked, of how many events, and the last; by the database's clock. */
async function sentAt(db: Database): Promise<Times & { inFirst: number }> {
  const [found] = await db
    .raw(outbox)
    .aggregate<Times>([{ $group: { _id: null, first: { $min: '$sentAt' }, last: { $max: '$sentAt' } } }])
    .toArray();
  if (found === undefined) throw new Error('nothing was sent');
  return { ...found, inFirst: await db.raw(outbox).countDocuments({ sentAt: found.first }) };
}

/** When the last copy was written; by the database's clock. */
async function lastCopyAt({ copies }: Play): Promise<Date> {
  const found = await copies.raw(recipeCopyCollection).findOne({}, { sort: { updatedAt: -1 } });
  if (found === null) throw new Error('nothing was copied');
  return found.updatedAt;
}

interface Times {
  first: Date;
  last: Date;
}

const perSecond = (events: number, { first, last }: Times): number =>
  events / ((last.getTime() - first.getTime()) / 1000);
