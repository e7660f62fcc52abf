import { freePort } from '@mealprep360/dev-env/ports';
import { startServers } from '@mealprep360/dev-env/fixture';
import { recipeCopyCollection } from '@mealprep360/mealplans/models/recipe-copy';
import type { Database } from '@mealprep360/mongo/database';
import { connectRedis, type RedisClient } from '@mealprep360/redis/connect';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { copyDatabase, openCopies, ownedRecipes, ownerDatabase, type Place } from './carrier.ts';
import { rebuilt, sent, type CarrierName, type SendOrder, type Sent } from './messages.ts';

/**
 * A MongoDB (a replica set on the disk) and a Redis (append-only file, a sync each second) as `npm start` runs them, on
 * which plays are given one after the other.
 */
export interface Stage {
  /** Runs `play` on an empty Redis and databases of its own; whatever it started is ended when it resolves. */
  give: <Result>(carrier: CarrierName, play: (on: Play) => Promise<Result>) => Promise<Result>;
  stop: () => Promise<void>;
}

/** One play: two processes, and what they share. */
export interface Play {
  place: Place;
  /** the receiver's database */
  copies: Database;
  redis: RedisClient;
  /** Starts the process that owns; resolves when it is ready. */
  sender: () => Promise<Side>;
  /** Starts the process that keeps copies; resolves when it is ready. */
  receiver: () => Promise<Side>;
  /** How many copies there are. */
  count: () => Promise<number>;
  /** How many recipes their owner has of which there is no copy. */
  lost: () => Promise<number>;
  /** Kills Redis, and starts it again so many milliseconds later: with what was on its disk, or empty. */
  killRedis: (away: number, comesBack: 'whole' | 'empty') => Promise<void>;
}

/** One of the two processes. */
export interface Side {
  pid: number;
  send: (order: SendOrder) => Promise<Sent>;
  /** how many events a second a rebuild of the copy reads */
  rebuild: () => Promise<number>;
  kill: (signal: NodeJS.Signals) => void;
}

const START = 60_000;
const LONG = 300_000;

export async function openStage(signal: AbortSignal): Promise<Stage> {
  const { servers, find, stop } = await startServers({ onDisk: true });
  let plays = 0;
  return {
    stop,
    give: async (carrier, play) => {
      signal.throwIfAborted();
      const place: Place = {
        mongodb: servers.mongodb.admin,
        redis: servers.redis.admin,
        name: `bench_${(plays += 1)}`,
        signingKeyFiles: {
          recipes: servers.keys.signing['recipes'] ?? '',
          mealplans: servers.keys.signing['mealplans'] ?? '',
        },
        publicKeysFile: servers.keys.public,
        port: await freePort(),
      };
      const started: Side[] = [];
      const start = async (side: 'sender' | 'receiver') => {
        const one = await startSide({ side, carrier, place }, signal);
        started.push(one);
        return one;
      };
      const redis = connectRedis(place.redis, {});
      redis.on('error', () => undefined);
      const copies = await openCopies(place);
      try {
        await redis.flushall();
        return await play({
          place,
          copies,
          redis,
          sender: () => start('sender'),
          receiver: () => start('receiver'),
          count: () => copies.raw(recipeCopyCollection).estimatedDocumentCount(),
          lost: () => lost(copies, place),
          killRedis: (away, comesBack) => killRedis(find('redis'), redis, away, comesBack),
        });
      } finally {
        for (const side of started) side.kill('SIGKILL');
        const client = copies.connection.getClient();
        for (const name of [copyDatabase(place), ownerDatabase(place)]) await client.db(name).dropDatabase();
        await copies.close();
        redis.disconnect();
      }
    },
  };
}

async function killRedis(
  server: ReturnType<Awaited<ReturnType<typeof startServers>>['find']>,
  client: RedisClient,
  away: number,
  comesBack: 'whole' | 'empty',
) {
  if (server === undefined) throw new Error('REDIS_URL is set: the bench has to kill its own Redis');
  const [, folder] = z.tuple([z.string(), z.string()]).parse(await client.call('CONFIG', 'GET', 'dir'));
  server.hold('SIGKILL');
  while (server.pid() !== null) await pause(5);
  if (comesBack === 'empty') await rm(join(folder, 'appendonlydir'), { recursive: true });
  await pause(away);
  server.release();
}

async function lost(copies: Database, place: Place): Promise<number> {
  const client = copies.connection.getClient();
  const owned = client.db(ownerDatabase(place)).collection<{ _id: string }>(ownedRecipes.name);
  const [all, there] = [owned.find({}, { projection: { _id: 1 } }), copies.raw(recipeCopyCollection)];
  const kept = new Set((await there.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id));
  return (await all.toArray()).filter(({ _id }) => !kept.has(_id)).length;
}

const failure = z.object({ error: z.string() });

async function startSide(
  setting: { side: 'sender' | 'receiver'; carrier: CarrierName; place: Place },
  signal: AbortSignal,
) {
  const child = fork('bench/src/events/one-side.ts', { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const gone = new AbortController();
  child.once('exit', (code, how) => gone.abort(new Error(`${setting.carrier} ${setting.side} ended: ${how ?? code}`)));
  const ask = async (message: object, patience: number): Promise<unknown> => {
    const until = AbortSignal.any([signal, gone.signal, AbortSignal.timeout(patience)]);
    const answer = once(child, 'message', { signal: until });
    child.send(message);
    const [told] = (await answer) as unknown[];
    const failed = failure.safeParse(told);
    if (failed.success) throw new Error(failed.data.error);
    return told;
  };
  await ask(setting, START);
  return {
    pid: child.pid ?? 0,
    send: async (send: SendOrder) => sent.parse(await ask({ send }, LONG)),
    rebuild: async () => rebuilt.parse(await ask({ rebuild: true }, LONG)).perSecond,
    kill: (how: NodeJS.Signals) => void child.kill(how),
  };
}
