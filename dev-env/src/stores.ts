import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mongodProgram, prepareForeignMongodb, prepareMongod, prepareReplicaSet, serviceUri } from './mongodb.ts';
import type { DatabaseUser } from './mongodb.ts';
import { freePort } from './ports.ts';
import type { Program, Supervised } from './processes.ts';
import { prepareForeignRedis, prepareRedis, redisProgram, userUrl } from './redis.ts';
import type { Room } from './rooms.ts';
import { keptSecret, loadPasswords, writePrivate } from './secrets.ts';
import type { Found } from './servers/kind.ts';

export interface StoreOptions {
  /** the data folder */
  folder: string;
  mongod: Found;
  redis: Found;
  rooms: Room[];
  /** the processes besides the rooms that use Redis */
  others: string[];
  /** a MongoDB for each room */
  isolate: boolean;
  /** how many servers MongoDB's replica set has; not with `isolate` */
  members?: number;
  durable: boolean;
  start: (program: Program) => Supervised;
  /** the port under which a server is told to all, given its name and its own: that of a proxy before it */
  route?: Route;
}

export type Route = (name: string, port: number) => Promise<number>;

export interface Stores {
  /** the admin's URI; an object by room when each has a MongoDB of its own */
  mongodb: string | Record<string, string>;
  /** the admin's URL */
  redis: string;
  mongodbOf: (room: string) => string;
  redisOf: (process: string) => string;
}

/** Starts MongoDB and Redis (unless their addresses were given) with a user for each process, and waits for them. */
export async function startStores(options: StoreOptions): Promise<Stores> {
  const { folder, rooms } = options;
  const secrets = join(folder, 'secrets');
  await mkdir(secrets, { recursive: true, mode: 0o700 });
  const redisNames = [...rooms.map(({ name }) => name), ...options.others];
  const passwords = await loadPasswords(secrets, [
    'mongodb admin',
    'redis admin',
    ...rooms.map(({ name }) => `mongodb ${name}`),
    ...redisNames.map(name => `redis ${name}`),
  ]);
  const passwordOf = (name: string) => passwords[name] ?? '';
  const users = rooms.map(({ name, database }) => ({ name, database, password: passwordOf(`mongodb ${name}`) }));
  const redisUsers = redisNames.map(name => ({ name, password: passwordOf(`redis ${name}`) }));
  const ports = await rememberedPorts(folder, ['redis', ...mongodNames(options)]);

  const startMongodb = async (): Promise<Stores['mongodb']> => {
    if ('address' in options.mongod) {
      await prepareForeignMongodb(options.mongod.address, users);
      return options.mongod.address;
    }
    const binary = options.mongod.path;
    const keyFile = await keptSecret(join(secrets, 'mongodb.key'), () => randomBytes(600).toString('base64'));
    const one = (name: string, own: DatabaseUser[]) =>
      startMongod(options, { name, binary, keyFile, port: ports[name] ?? 0 }, passwordOf('mongodb admin'), own);
    if ((options.members ?? 1) > 1)
      return startReplicaSet(options, { binary, keyFile, ports }, passwordOf('mongodb admin'), users);
    if (!options.isolate) return one('mongodb', users);
    const uris = users.map(async user => [user.name, await one(`mongodb-${user.name}`, [user])] as const);
    return Object.fromEntries(await Promise.all(uris));
  };
  const startRedis = async () => {
    if ('address' in options.redis) {
      await prepareForeignRedis(options.redis.address, redisUsers);
      return options.redis.address;
    }
    const own = { folder: join(folder, 'redis'), port: ports['redis'] ?? 0, adminPassword: passwordOf('redis admin') };
    await mkdir(own.folder, { recursive: true, mode: 0o700 });
    const { durable, redis } = options;
    const server = options.start(await redisProgram({ binary: redis.path, users: redisUsers, durable, ...own }));
    const port = await routed(options, 'redis', own.port);
    return firstOf(server, prepareRedis(port, own.adminPassword));
  };

  const [mongodb, redis] = await Promise.all([startMongodb(), startRedis()]);
  return {
    mongodb,
    redis,
    mongodbOf: room => {
      const admin = typeof mongodb === 'string' ? mongodb : (mongodb[room] ?? '');
      return serviceUri(admin, { name: room, password: passwordOf(`mongodb ${room}`) });
    },
    redisOf: name => userUrl(redis, { name, password: passwordOf(`redis ${name}`) }),
  };
}

/** What a preparation answers, unless the server ends before. */
async function firstOf<T>(server: Supervised, prepared: Promise<T>): Promise<T> {
  const result = await Promise.race([prepared, server.failed]);
  server.settled();
  return result;
}

async function startMongod(
  options: StoreOptions,
  own: { name: string; binary: string; keyFile: string; port: number },
  adminPassword: string,
  users: DatabaseUser[],
): Promise<string> {
  const folder = join(options.folder, own.name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const server = options.start(mongodProgram({ ...own, folder }));
  const port = await routed(options, own.name, own.port);
  return firstOf(server, prepareMongod(port, adminPassword, users));
}

async function startReplicaSet(
  options: StoreOptions,
  { ports, ...own }: { binary: string; keyFile: string; ports: Record<string, number> },
  adminPassword: string,
  users: DatabaseUser[],
): Promise<string> {
  const servers = await Promise.all(
    mongodNames(options).map(async name => {
      const folder = join(options.folder, name);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const port = ports[name] ?? 0;
      const server = options.start(mongodProgram({ ...own, name, folder, port }));
      return { server, port: await routed(options, name, port) };
    }),
  );
  const prepared = prepareReplicaSet(
    servers.map(({ port }) => port),
    adminPassword,
    users,
  );
  const [uri] = await Promise.all(servers.map(({ server }) => firstOf(server, prepared)));
  return uri ?? '';
}

const routed = ({ route }: StoreOptions, name: string, port: number): Promise<number> =>
  route === undefined ? Promise.resolve(port) : route(name, port);

function mongodNames({ isolate, members = 1, rooms }: StoreOptions): string[] {
  if (isolate) return rooms.map(({ name }) => `mongodb-${name}`);
  return Array.from({ length: members }, (_, index) => (index === 0 ? 'mongodb' : `mongodb-${index + 1}`));
}

/** The ports of the last start where they are still free: a replica set that stays where it was is up sooner. */
async function rememberedPorts(folder: string, names: string[]): Promise<Record<string, number>> {
  const file = join(folder, 'ports.json');
  const known = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Record<string, number>;
  for (const name of names) known[name] = await freePort(known[name]);
  await writePrivate(file, JSON.stringify(known));
  return known;
}
