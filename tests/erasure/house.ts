import { checkpoints } from '@mealprep360/events/checkpoints';
import type { ServiceConfig } from '@mealprep360/service/config';
import type { RunningService } from '@mealprep360/service/start-service';
import { Redis } from 'ioredis';
import { mongo } from 'mongoose';
import { expect } from 'vitest';
import { openRooms, room, type AnyRoom, type Rooms, type TestViewer } from '../../shared/testing/src/rooms.ts';
import { blog } from '../../subgraphs/blog/src/index.ts';
import { mealplans } from '../../subgraphs/mealplans/src/index.ts';
import { notifications } from '../../subgraphs/notifications/src/index.ts';
import { recipes } from '../../subgraphs/recipes/src/index.ts';
import { shopping } from '../../subgraphs/shopping/src/index.ts';
import { social } from '../../subgraphs/social/src/index.ts';
import { users } from '../../subgraphs/users/src/index.ts';
import { personOf, SIGN_UP, signUpInput } from '../../subgraphs/users/tests/people.ts';

/** All seven rooms in this process; each can be stopped and started again where it was. */
export interface House extends Rooms {
  names: string[];
  running: (name: string) => RunningService;
  halt: (name: string) => Promise<void>;
  resume: (name: string) => Promise<void>;
  /** a mutation that had no error of either kind; answers its payload */
  act: (room: string, viewer: TestViewer, field: string, args: object, ask: string) => Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- the shape is the query's own
  signUp: (more: object) => Promise<TestViewer>;
  /** every database and Redis, where these bytes are: `service.collection _id` */
  find: (text: string) => Promise<string[]>;
}

const all = [users, recipes, mealplans, shopping, social, blog, notifications] as const;

export async function openHouse(): Promise<House> {
  const restartable = all.map(each => {
    const { name, start } = room(each as never);
    const state: { config?: ServiceConfig; service?: RunningService } = {};
    const begin = async (config: ServiceConfig) => {
      state.service = await start(config);
      state.config = { ...config, port: state.service.port };
      return state.service;
    };
    return { name, state, begin };
  });
  const rooms = await openRooms(restartable.map(({ name, begin }): AnyRoom => ({ name, start: begin })));
  const of = (name: string) => restartable.find(each => each.name === name)!;
  const running = (name: string) => of(name).state.service!;
  return {
    ...rooms,
    names: restartable.map(({ name }) => name),
    running,
    halt: name => running(name).stop(),
    resume: async name => {
      await of(name).begin(of(name).state.config!);
      await running(name).db.ready;
    },
    stop: async () => {
      await Promise.all(restartable.map(({ state }) => state.service!.stop()));
    },
    act: async (name, viewer, field, args, ask) => {
      const { data, errors } = await rooms.query(name, viewer, `mutation { ${field}(${literal(args)}) { ${ask} } }`);
      expect(errors).toBeUndefined();
      expect(data[field].userErrors ?? []).toEqual([]);
      return data[field];
    },
    signUp: async more => {
      const { data } = await rooms.query('users', null, SIGN_UP, { input: signUpInput(more) });
      return (await personOf('', data.signUp)).viewer;
    },
    find: async text => [
      ...(await Promise.all(all.map(({ name }) => inDatabase(running(name), name, text)))).flat(),
      ...(await inRedis(rooms.redisUrl, text)),
    ],
  };
}

/** Arguments as they stand in a document: words in capitals are enum values. */
function literal(args: object): string {
  const value = (given: unknown): string => {
    if (Array.isArray(given)) return `[${given.map(value).join(', ')}]`;
    if (typeof given === 'object' && given !== null) return `{ ${literal(given)} }`;
    return typeof given === 'string' && /^[A-Z_]{4,}$/.test(given) ? given : JSON.stringify(given);
  };
  return Object.entries(args)
    .map(([name, given]) => `${name}: ${value(given)}`)
    .join(', ');
}

async function inDatabase({ db }: RunningService, service: string, text: string): Promise<string[]> {
  const database = db.connection.getClient().db(db.name);
  const found: string[] = [];
  for (const { name } of await database.listCollections().toArray()) {
    for await (const record of database.collection(name).find()) {
      if (holds(Buffer.from(mongo.BSON.serialize(record)), text))
        found.push(`${service}.${name} ${String(record._id)}`);
    }
  }
  return found;
}

/** Keys, and the bytes of each as they lie in memory, also those of stream entries that are only marked as deleted. */
async function inRedis(url: string, text: string): Promise<string[]> {
  const redis = new Redis(url);
  await redis.config('SET', 'rdbcompression', 'no');
  const found: string[] = [];
  for (const key of await redis.keys('*')) {
    const bytes = await redis.dumpBuffer(key);
    if (holds(Buffer.from(key), text) || holds(bytes, text)) found.push(`redis ${key}`);
  }
  redis.disconnect();
  return found;
}

const holds = (bytes: Buffer, text: string): boolean => bytes.toString('latin1').toLowerCase().includes(text);

/** Makes a service hear everything from the start again, once it is resumed. */
export const rewind = ({ db }: RunningService) => db.raw(checkpoints).updateMany({}, { $set: { seq: 0 } });

/** Waits until every event was heard by all who hear it. */
export async function settled(house: House): Promise<void> {
  const heads = new Map<string, Map<number, number>>();
  for (const name of house.names) {
    const { db } = house.running(name);
    const log = db.connection
      .getClient()
      .db(db.name)
      .collection(name === 'users' ? 'user_events' : 'outbox');
    const rows = log.aggregate<{ _id: number; seq: number }>([
      { $group: { _id: '$partition', seq: { $max: '$seq' } } },
    ]);
    heads.set(name, new Map((await rows.toArray()).map(row => [row._id, row.seq])));
  }
  for (const name of house.names) {
    const behind = async () => {
      const rows = await house.running(name).db.raw(checkpoints).find().toArray();
      return rows.filter(({ _id, seq }) => {
        const [speaker = '', partition] = _id.split(':');
        return seq < (heads.get(speaker)?.get(Number(partition)) ?? 0);
      });
    };
    await expect.poll(behind, { timeout: 30_000 }).toEqual([]);
  }
}
