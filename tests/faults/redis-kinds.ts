import { freePort } from '@mealprep360/dev-env/ports';
import { supervise, type Supervised } from '@mealprep360/dev-env/processes';
import { cacheFolder, findServer } from '@mealprep360/dev-env/servers/find';
import type { ServerKind } from '@mealprep360/dev-env/servers/kind';
import { redis62, redis70 } from '@mealprep360/dev-env/servers/old-redis';
import { redisServer } from '@mealprep360/dev-env/servers/redis-server';
import { startWatchdog } from '@mealprep360/dev-env/watchdog';
import { connectRedis, serversOf, type RedisClient } from '@mealprep360/redis/connect';
import { Redis } from 'ioredis';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

/** A Redis that a test starts for itself, and may hurt. */
export interface OwnRedis {
  url: string;
  admin: RedisClient;
  /** Sends a signal to the server that keeps this key: it stays as it is then until it is released. */
  hold: (key: string, signal: NodeJS.Signals) => Promise<Supervised>;
  /** Answers with the servers' own words. */
  onEach: (...command: [string, ...string[]]) => Promise<unknown[]>;
  stop: () => Promise<void>;
}

export interface RedisKind {
  title: string;
  /** why it cannot be started here */
  missing: string | null;
  start: () => Promise<OwnRedis>;
}

/** Valkey alone and as a cluster of three, Redis 7.0 and Redis 6.2: found, or fetched now. */
export async function redisKinds(): Promise<RedisKind[]> {
  const [own, seven, six] = await Promise.all([redisServer, redis70, redis62].map(find));
  const kinds = [
    { ...own, start: startOne },
    { ...seven, start: startOne },
    { ...six, start: startOne },
    { ...own, title: `a cluster of three ${own?.title ?? ''}`, start: startCluster },
  ];
  return kinds.map(({ title = '', missing = null, path = '', start }) => ({
    title,
    missing,
    start: () => start(path),
  }));
}

async function find(kind: ServerKind): Promise<{ title: string; missing: string | null; path: string }> {
  const report = (line: string) => process.stderr.write(`${line}\n`);
  // an address would lead to a server that is not ours to kill
  const env = { ...process.env, REDIS_URL: undefined };
  try {
    const found = await findServer(kind, { env, cache: cacheFolder(process.env), report });
    if ('address' in found) throw new Error('only an address is known');
    return { title: `${found.product} ${found.version}`, missing: null, path: found.path };
  } catch (error) {
    const missing = error instanceof Error ? error.message : String(error);
    report(`The bus is not tested on ${kind.title}: ${missing}`);
    return { title: kind.title, missing, path: '' };
  }
}

function household() {
  const folder = mkdtempSync(join(tmpdir(), 'mealprep360-redis-'));
  const watchdog = startWatchdog();
  const running: Supervised[] = [];
  const report = () => undefined;
  const start = async (binary: string, settings: string[] = []): Promise<number> => {
    const port = await freePort();
    const own = join(folder, String(port));
    mkdirSync(own);
    const common = ['--bind', '127.0.0.1', '--port', String(port), '--dir', own, '--save', '', '--appendonly', 'no'];
    const args = [...common, '--maxmemory-policy', 'noeviction', ...settings];
    const surroundings = { logs: folder, cwd: own, watchdog, onChange: report, report };
    const name = `redis-${port}`;
    const server = supervise({ name, command: binary, args, env: process.env, port, rank: 'redis' }, surroundings);
    running.push(server);
    await Promise.race([answers(port), server.failed]);
    server.settled();
    return port;
  };
  const stop = async () => {
    await Promise.all(running.map(server => server.stop(2000)));
    watchdog.quit();
    rmSync(folder, { recursive: true, force: true });
  };
  const on = (port: number | undefined): Supervised => {
    const server = running.find(one => one.port === port);
    if (server === undefined) throw new Error(`no server of ours is at port ${port ?? ''}`);
    return server;
  };
  return { start, stop, on };
}

/** Asks one server one thing. */
async function ask(port: number, ...[command, ...args]: [string, ...string[]]): Promise<unknown> {
  const redis = new Redis(port, '127.0.0.1', { replyMapping: 'legacy', retryStrategy: null, lazyConnect: true });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await redis.call(command, ...args);
  } finally {
    redis.disconnect();
  }
}

const answers = (port: number) => vi.waitFor(() => ask(port, 'PING'), { timeout: 10_000, interval: 20 });

async function startOne(binary: string): Promise<OwnRedis> {
  const { start, stop, on } = household();
  const port = await start(binary);
  return own(`redis://127.0.0.1:${port}`, stop, () => on(port));
}

async function startCluster(binary: string): Promise<OwnRedis> {
  const { start, stop, on } = household();
  const member = async () => {
    const bus = await freePort();
    const cluster = ['--cluster-enabled', 'yes', '--cluster-port', String(bus), '--cluster-node-timeout', '1000'];
    // what the others keep is still to be had
    const port = await start(binary, [...cluster, '--cluster-require-full-coverage', 'no']);
    return { port, bus };
  };
  const members = await Promise.all([member(), member(), member()]);
  const ranges = [0, 5461, 10_923, 16_384];
  const owner = (slot: number) => members[ranges.findLastIndex(from => from <= slot)]?.port;
  for (const [index, { port }] of members.entries()) {
    await ask(port, 'CLUSTER', 'ADDSLOTSRANGE', String(ranges[index]), String((ranges[index + 1] ?? 0) - 1));
  }
  const [first, ...others] = members;
  for (const { port, bus } of others) {
    await ask(first.port, 'CLUSTER', 'MEET', '127.0.0.1', String(port), String(bus));
  }
  await vi.waitFor(
    async () => {
      for (const { port } of members) {
        const facts = String(await ask(port, 'CLUSTER', 'INFO'));
        if (!/cluster_state:ok[^]*cluster_slots_assigned:16384/.test(facts)) throw new Error(facts);
      }
    },
    { timeout: 20_000, interval: 50 },
  );
  const hosts = members.map(({ port }) => `127.0.0.1:${port}`).join(',');
  return own(`redis+cluster://${hosts}`, stop, async key =>
    on(owner(Number(await ask(first.port, 'CLUSTER', 'KEYSLOT', key)))),
  );
}

function own(
  url: string,
  stop: () => Promise<void>,
  serverOf: (key: string) => Supervised | Promise<Supervised>,
): OwnRedis {
  const admin = connectRedis(url, { maxRetriesPerRequest: null });
  admin.on('error', () => undefined);
  return {
    url,
    admin,
    hold: async (key, signal) => {
      const server = await serverOf(key);
      server.hold(signal);
      return server;
    },
    onEach: (command, ...args) => Promise.all(serversOf(admin).map(server => server.call(command, ...args))),
    stop: async () => {
      admin.disconnect();
      await stop();
    },
  };
}
