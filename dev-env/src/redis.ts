import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { connectRedis, serversOf, type RedisClient } from '@mealprep360/redis/connect';
import type { Program } from './processes.ts';
import { Obstacle } from './obstacle.ts';
import { writePrivate } from './secrets.ts';

/** A process's own Redis user: writes its own keys, reads all services' streams. */
export interface RedisUser {
  name: string;
  password: string;
}

export interface RedisOptions {
  binary: string;
  folder: string;
  port: number;
  adminPassword: string;
  users: RedisUser[];
  /** false: nothing is written to disk (tests) */
  durable: boolean;
}

// no FLUSHALL, KEYS, DEBUG, SHUTDOWN, CONFIG, ACL …; INFO tells a service whether this Redis evicts keys
const commands = ['+@all', '-@admin', '-@dangerous', '-function', '-scan', '-randomkey', '+info'];

/** The ACL rules of one process: what it may do, and to which keys. */
export function accessRules({ name, password }: RedisUser): string[] {
  const keys = [`%RW~{${name}}:*`, '%R~{*}:events:*'];
  // users revokes sessions, the gateway asks for revoked ones
  if (name === 'users') keys.push('%RW~{revoked}:*');
  if (name === 'gateway') keys.push('%R~{revoked}:*');
  const hash = createHash('sha256').update(password).digest('hex');
  return ['reset', 'on', `#${hash}`, ...keys, `&{${name}}:*`, ...commands];
}

/** Writes the configuration of a Redis without a default user, and tells how to run it. */
export async function redisProgram(options: RedisOptions): Promise<Program> {
  const { binary, folder, port, durable } = options;
  const admin = createHash('sha256').update(options.adminPassword).digest('hex');
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir ${JSON.stringify(folder)}`,
    'databases 2048',
    'maxmemory-policy noeviction',
    'save ""',
    `appendonly ${durable ? 'yes' : 'no'}`,
    'appendfsync everysec',
    'user default off',
    `user admin on #${admin} ~* &* +@all`,
    ...options.users.map(user => `user ${user.name} ${accessRules(user).join(' ')}`),
  ];
  const file = join(folder, 'redis.conf');
  await writePrivate(file, `${lines.join('\n')}\n`);
  return { name: 'redis', command: binary, args: [file], env: process.env, port, rank: 'redis' };
}

/** Resolves with the admin's URL once a started Redis has loaded its data and answers. */
export async function prepareRedis(port: number, adminPassword: string): Promise<string> {
  const url = userUrl(`redis://127.0.0.1:${port}`, { name: 'admin', password: adminPassword });
  const client = connect(url);
  const deadline = Date.now() + 30_000;
  try {
    for (;;) {
      try {
        await client.ping();
        return url;
      } catch (error) {
        if (Date.now() > deadline) throw new Obstacle(`Redis does not answer: ${String(error)}`);
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    }
  } finally {
    client.disconnect();
  }
}

/** Makes the users on a Redis that somebody else runs. Throws an Obstacle when it cannot. */
export async function prepareForeignRedis(url: string, users: RedisUser[]): Promise<void> {
  const client = connect(url);
  try {
    const version = /^redis_version:(\d+)/m.exec(await client.info('server'))?.[1];
    if (Number(version) < 7) throw new Obstacle(`REDIS_URL leads to Redis ${version}, 7 or newer is needed.`);
    // each server of a cluster keeps users of its own
    for (const server of serversOf(client)) {
      for (const user of users) await server.call('ACL', 'SETUSER', user.name, ...accessRules(user));
    }
  } catch (error) {
    if (error instanceof Obstacle) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Obstacle(`REDIS_URL does not lead to a Redis where users can be made: ${reason}`);
  } finally {
    client.disconnect();
  }
}

/** The URL by which a user reaches the Redis of another URL. */
export function userUrl(url: string, { name, password }: RedisUser): string {
  const login = `${encodeURIComponent(name)}:${encodeURIComponent(password)}`;
  return url.replace(/^([a-z+]+:\/\/)(?:[^@/]*@)?/, (_, scheme: string) => `${scheme}${login}@`);
}

function connect(url: string): RedisClient {
  const client = connectRedis(url, { retryStrategy: () => 20, maxRetriesPerRequest: 3 });
  // each command tells by its own rejection
  client.on('error', () => undefined);
  return client;
}
