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
const EVENTS = 10_000;
const TOGETHER = 500;
const DRAIN = 1500;
const REBUILD = 5000;
const WIPED = 15;
/** seconds after which a machine that has other things to do is not waited for any more */
const PATIENCE = 400;

interface Measured {
  drain: number;
  apply: number;
  rebuild: number;
  wiped: number;
  lost: number;
}

/** What the log can do: send, apply, rebuild, and be the truth when Redis is gone. */
export const log: Figure = {
  name: 'log',
  about: `the log of ${EVENTS} events: sent, applied, rebuilt, and Redis wiped in between (about 4 minutes)`,
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
    const rate = (what: 'drain' | 'apply' | 'rebuild') => `${middle(what).toFixed(0)} events/s`;
    const lost = rounds.reduce((sum, measured) => sum + measured.lost, 0);
    return [
      { what: 'relay, outbox to Redis', value: rate('drain'), bar: `≥ ${DRAIN}`, holds: middle('drain') >= DRAIN },
      { what: 'consumer, Redis to copy', value: rate('apply') },
      { what: 'rebuild of a copy', value: rate('rebuild'), bar: `≥ ${REBUILD}`, holds: middle('rebuild') >= REBUILD },
      {
        what: `Redis killed and empty with ${EVENTS} events outstanding: lag 0 after`,
        value: `${middle('wiped').toFixed(1)} s`,
        bar: `≤ ${WIPED} s`,
        holds: middle('wiped') <= WIPED,
      },
      { what: `  of ${ROUNDS * EVENTS} events lost`, value: String(lost), bar: '0', holds: lost === 0 },
    ];
  },
};

async function measure(play: Play, tell: (progress: string) => void, signal: AbortSignal): Promise<Measured> {
  const owner = await openOwner(play.place);
  const copied = (count: number) => until(`${count} copies`, async () => (await play.count()) === count, patient);
  const patient = { seconds: PATIENCE, signal };
  try {
    await fill(owner);
    await play.sender();
    await until('all is sent', () => isSent(owner), patient);
    const drain = await drainRate(owner);
    tell(`sent at ${drain.toFixed(0)} events/s`);
    const receiver = await play.receiver();
    await copied(EVENTS);
    const apply = await applyRate(play);
    tell(`applied at ${apply.toFixed(0)} events/s`);
    const rebuild = await receiver.rebuild();
    tell(`rebuilt at ${rebuild.toFixed(0)} events/s`);
    receiver.kill('SIGSTOP');
    await fill(owner);
    await until('all is sent', () => isSent(owner), patient);
    const began = performance.now();
    await play.killRedis(0);
    receiver.kill('SIGCONT');
    // what does not come is counted as lost
    await copied(2 * EVENTS).catch(() => signal.throwIfAborted());
    const wiped = (performance.now() - began) / 1000;
    tell(`Redis wiped: lag 0 after ${wiped.toFixed(1)} s`);
    return { drain, apply, rebuild, wiped, lost: 2 * EVENTS - (await play.count()) };
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
async function fill(db: Database): Promise<void> {
  const commit = commitAs(unitOfWork(db, outbox, () => undefined));
  const nobody = { userId: null, correlationId: 'bench', causationId: null, traceparent: null };
  for (let said = 0; said < EVENTS; said += TOGETHER) {
    const recipes = Array.from({ length: TOGETHER }, aRecipe);
    await commit(nobody, ({ emit }) => {
      for (const recipe of recipes) emit(RecipeCreated.of(recipe.id, 1, recipe));
    });
  }
}

const isSent = async (db: Database): Promise<boolean> => (await db.raw(outbox).findOne({ sentAt: null })) === null;

/** By the database's clock, from the first batch that was marked to the last. */
async function drainRate(db: Database): Promise<number> {
  const [found] = await db
    .raw(outbox)
    .aggregate<{ first: Date; last: Date }>([
      { $group: { _id: null, first: { $min: '$sentAt' }, last: { $max: '$sentAt' } } },
    ])
    .toArray();
  const first = await db.raw(outbox).countDocuments({ sentAt: found?.first ?? null });
  return perSecond(EVENTS - first, found);
}

/** By the database's clock, from the first copy written to the last. */
async function applyRate({ copies }: Play): Promise<number> {
  const [found] = await copies
    .raw(recipeCopyCollection)
    .aggregate<{ first: Date; last: Date }>([
      { $group: { _id: null, first: { $min: '$updatedAt' }, last: { $max: '$updatedAt' } } },
    ])
    .toArray();
  return perSecond(EVENTS, found);
}

const perSecond = (events: number, times: { first: Date; last: Date } | undefined): number =>
  times === undefined ? NaN : events / ((times.last.getTime() - times.first.getTime()) / 1000);
