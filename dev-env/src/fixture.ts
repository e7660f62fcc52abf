import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { prepareKeys } from './keys.ts';
import { isRunning, startTime } from './process-identity.ts';
import { supervise } from './processes.ts';
import type { Supervised } from './processes.ts';
import { readRooms } from './rooms.ts';
import { cacheFolder, findServer } from './servers/find.ts';
import { mongod } from './servers/mongod.ts';
import { redisServer } from './servers/redis-server.ts';
import { startStores } from './stores.ts';
import { startWatchdog } from './watchdog.ts';

/** The real servers that all tests of a run share. All of it is plain data, so that workers can be given it. */
export interface Servers {
  mongodb: {
    /** the admin's URI */
    admin: string;
    /** of each service's user, which opens `mealprep360_<service>` and no other database */
    services: Record<string, string>;
  };
  redis: {
    /** the admin's URL */
    admin: string;
    /** of each process's user */
    services: Record<string, string>;
  };
  keys: {
    folder: string;
    /** the private JWK of each signer */
    signing: Record<string, string>;
    public: string;
    usersMaster: string;
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    servers: Servers;
  }
}

/** vitest's global setup: one MongoDB and one Redis with access control for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { servers, stop } = await startServers();
  project.provide('servers', servers);
  return stop;
}

export interface StartedServers {
  servers: Servers;
  /** one of them by name (`mongodb`, `redis`), to be killed or held; undefined when somebody else runs it */
  find: (name: string) => Supervised | undefined;
  stop: () => Promise<void>;
}

/**
 * Starts the servers on free ports with their data in memory where the system has room for it, or `onDisk` as `npm start`
 * does; MongoDB's replica set has so many `members`.
 */
export async function startServers({ onDisk = false, members = 1 } = {}): Promise<StartedServers> {
  const rooms = await readRooms(fileURLToPath(new URL('../..', import.meta.url)));
  const names = rooms.map(({ name }) => name);
  const folder = temporaryFolder(onDisk);
  const watchdog = startWatchdog();
  const running: Supervised[] = [];
  const stop = async () => {
    await Promise.all(running.map(server => server.stop(10_000)));
    watchdog.quit();
    rmSync(folder, { recursive: true, force: true });
  };
  const report = (line: string) => process.stderr.write(`${line}\n`);
  const search = { env: process.env, cache: cacheFolder(process.env), report };
  try {
    const [mongodBinary, redisBinary] = await Promise.all([
      findServer(mongod, search),
      findServer(redisServer, search),
    ]);
    const surroundings = { logs: join(folder, 'logs'), cwd: folder, watchdog, onChange: () => undefined, report };
    const others = ['gateway', 'dev-env'];
    const stores = await startStores({
      folder,
      mongod: mongodBinary,
      redis: redisBinary,
      rooms,
      others,
      isolate: false,
      members,
      durable: onDisk,
      start: program => {
        const server = supervise(program, surroundings);
        running.push(server);
        return server;
      },
    });
    const signers = [...names, ...others, 'ops'];
    const keys = await prepareKeys(join(folder, 'keys'), signers);
    const table = (all: string[], of: (name: string) => string) =>
      Object.fromEntries(all.map(name => [name, of(name)]));
    const servers: Servers = {
      mongodb: {
        admin: typeof stores.mongodb === 'string' ? stores.mongodb : '',
        services: table(names, stores.mongodbOf),
      },
      redis: { admin: stores.redis, services: table([...names, ...others], stores.redisOf) },
      keys: {
        folder: join(folder, 'keys'),
        signing: table(signers, keys.signing),
        public: keys.public,
        usersMaster: keys.usersMaster,
      },
    };
    return { servers, stop, find: name => running.find(server => server.name === name) };
  } catch (error) {
    await stop();
    throw error;
  }
}

const prefix = 'mealprep360-test-';

/** A new folder, in memory where there is 1 GB; folders of killed runs are removed first. */
function temporaryFolder(onDisk: boolean): string {
  const base = !onDisk && hasRoom('/dev/shm') ? '/dev/shm' : tmpdir();
  for (const name of readdirSync(base).filter(entry => entry.startsWith(prefix))) {
    const [pid = '0', ...started] = name.slice(prefix.length).split('-');
    const maker = { pid: Number(pid), startTime: Buffer.from(started.join('-'), 'base64url').toString() };
    if (!isRunning(maker)) rmSync(join(base, name), { recursive: true, force: true });
  }
  const own = Buffer.from(startTime(process.pid) ?? '').toString('base64url');
  const folder = join(base, `${prefix}${process.pid}-${own}`);
  mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
  return folder;
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > 1e9;
  } catch {
    // not on this system
    return false;
  }
}
