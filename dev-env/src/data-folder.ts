import { mkdir, readdir, readFile, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Umzug } from 'umzug';
import { z } from 'zod';
import { endLeftovers } from './leftovers.ts';
import { takeLock } from './lock.ts';
import type { Lock } from './lock.ts';
import { errnoOf, Obstacle } from './obstacle.ts';
import { writePrivate } from './secrets.ts';

/** One step from an older layout of the data folder to the next; the code's data version is their number plus one. */
export interface DataMigration {
  name: string;
  up: (folder: string) => Promise<void>;
}

const migrations: DataMigration[] = [];

const versionFile = z.object({
  data: z.int().positive(),
  isolate: z.boolean(),
  /** product and major version of the servers that wrote the data; null for one at a given address */
  mongodb: z.string().nullable(),
  redis: z.string().nullable(),
});
type Version = z.infer<typeof versionFile>;

export interface DataFolderOptions {
  folder: string;
  /** what was in it is deleted */
  fresh: boolean;
  isolate: boolean;
  mongodb: string | null;
  redis: string | null;
  /** only tests have others */
  migrations?: DataMigration[];
}

/**
 * Opens the data folder for this process alone, ends what a killed launcher left running on it, and brings its layout
 * up to date. Throws an Obstacle, and leaves the folder untouched, when it is in use, was written by newer code or by
 * other servers, or is not a data folder.
 */
export async function openDataFolder(options: DataFolderOptions): Promise<Lock> {
  const { folder, fresh } = options;
  const steps = options.migrations ?? migrations;
  const found = await look(folder);
  if (found !== undefined && !fresh) refuse(found, options, steps.length + 1);
  await makeFolder(folder, ['']);
  await assertSpace(folder);
  const lock = await takeLock(join(folder, 'lock'));
  if ('heldBy' in lock) {
    throw new Obstacle(`${folder} is in use by process ${lock.heldBy}: stop that house, or give another --data.`);
  }
  try {
    await endLeftovers(folder);
    if (fresh) await empty(folder);
    const { isolate, mongodb, redis } = options;
    const before = fresh ? undefined : found;
    const now: Version = {
      data: before?.data ?? steps.length + 1,
      isolate,
      mongodb: mongodb ?? before?.mongodb ?? null,
      redis: redis ?? before?.redis ?? null,
    };
    await writeVersion(folder, now);
    await makeFolder(folder, ['secrets', 'keys', 'logs']);
    await migrate(folder, now, steps);
    return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Reads the version of a data folder; undefined when there is nothing in it yet. */
async function look(folder: string): Promise<Version | undefined> {
  const entries = await readdir(folder).catch((error: unknown): string[] => {
    if (errnoOf(error) === 'ENOENT') return [];
    if (errnoOf(error) === 'ENOTDIR') throw new Obstacle(`${folder} is no folder: give another --data.`);
    throw new Obstacle(`${folder} cannot be read (${errnoOf(error) ?? 'unknown error'}): give another --data.`);
  });
  if (entries.includes('version')) {
    const read = versionFile.safeParse(parseJson(await readFile(join(folder, 'version'), 'utf8')));
    if (read.success) return read.data;
    throw new Obstacle(`${join(folder, 'version')} cannot be understood: give another --data.`);
  }
  if (entries.some(entry => !/^(lock|version)\b/.test(entry))) {
    throw new Obstacle(`${folder} holds other files and is no data folder of this house: give another --data.`);
  }
  return undefined;
}

function refuse(found: Version, { folder, isolate, mongodb, redis }: DataFolderOptions, data: number): void {
  const way = 'give another --data, or --fresh to start empty';
  if (found.data > data) {
    throw new Obstacle(`${folder} was written by newer code (data version ${found.data}, this is ${data}): ${way}.`);
  }
  for (const [before, now] of [
    [found.mongodb, mongodb],
    [found.redis, redis],
  ]) {
    if (before && now && before !== now) {
      throw new Obstacle(`${folder} was written by ${before}, and ${now} was found: use the former, ${way}.`);
    }
  }
  if (found.isolate !== isolate) {
    const how = found.isolate ? 'with --isolate: start it so' : 'without --isolate: start it so';
    throw new Obstacle(`${folder} was made ${how}, ${way}.`);
  }
}

async function makeFolder(folder: string, parts: string[]): Promise<void> {
  try {
    for (const part of parts) await mkdir(join(folder, part), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Obstacle(`${folder} cannot be made (${errnoOf(error) ?? String(error)}): give another --data.`);
  }
}

async function assertSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < 5e8) {
    throw new Obstacle(
      `the databases need 500 MB of disk, ${Math.floor((bavail * bsize) / 1e6)} MB are free in ${folder}.`,
    );
  }
}

async function empty(folder: string): Promise<void> {
  const entries = (await readdir(folder)).filter(entry => entry !== 'lock');
  await Promise.all(entries.map(entry => rm(join(folder, entry), { recursive: true, force: true })));
}

async function migrate(folder: string, version: Version, steps: DataMigration[]): Promise<void> {
  const umzug = new Umzug({
    migrations: steps.map(({ name, up }) => ({ name, up: () => up(folder) })),
    logger: undefined,
    storage: {
      executed: () => Promise.resolve(steps.slice(0, version.data - 1).map(({ name }) => name)),
      logMigration: ({ name }) => {
        version.data = steps.findIndex(step => step.name === name) + 2;
        return writeVersion(folder, version);
      },
      unlogMigration: () => Promise.reject(new Error('data folders are not taken back to older versions')),
    },
  });
  await umzug.up();
}

function writeVersion(folder: string, version: Version): Promise<void> {
  return writePrivate(join(folder, 'version'), `${JSON.stringify(version)}\n`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // the caller refuses what is not an object
    return undefined;
  }
}
