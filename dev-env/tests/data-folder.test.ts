import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from '../src/data-folder.ts';
import type { DataFolderOptions, DataMigration } from '../src/data-folder.ts';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'mealprep360-folder-'));
  folder = join(parent, 'data');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const open = (options: Partial<DataFolderOptions> = {}) =>
  openDataFolder({ folder, fresh: false, isolate: false, mongodb: 'mongodb 6', redis: 'valkey 8', ...options });

const openAndClose = async (options: Partial<DataFolderOptions> = {}) => (await open(options)).release();

const rename: DataMigration = {
  name: 'rename-keys',
  up: async at => writeFile(join(at, 'migrated'), (await readFile(join(at, 'migrated'), 'utf8').catch(() => '')) + 'x'),
};

describe('a data folder', () => {
  it('is made for its owner alone', async () => {
    await openAndClose();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'secrets'))).mode & 0o777).toBe(0o700);
  });

  it('opens again with what is in it', async () => {
    await openAndClose();
    await writeFile(join(folder, 'keys', 'one'), 'kept');
    await openAndClose();
    expect(await readFile(join(folder, 'keys', 'one'), 'utf8')).toBe('kept');
  });

  it('is emptied by a fresh start', async () => {
    await openAndClose();
    await writeFile(join(folder, 'keys', 'one'), 'lost');
    await openAndClose({ fresh: true });
    expect(await readdir(join(folder, 'keys'))).toEqual([]);
  });

  it('is refused, fresh or not, when it holds other files', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'thesis.txt'), 'precious');
    await expect(open()).rejects.toThrow(/holds other files/);
    await expect(open({ fresh: true })).rejects.toThrow(/holds other files/);
    expect(await readdir(folder)).toEqual(['thesis.txt']);
  });

  it('is refused when it is a file', async () => {
    await writeFile(folder, '');
    await expect(open()).rejects.toThrow(/is no folder/);
  });

  it('is refused by a second start while it is in use', async () => {
    const lock = await open();
    await expect(open()).rejects.toThrow(`is in use by process ${process.pid}`);
    await lock.release();
    await openAndClose();
  });

  it('opens after its holder was killed, also when the pid was given away again', async () => {
    await openAndClose();
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: process.pid, startTime: 'another life' }));
    await openAndClose();
  });

  it('is refused, untouched, by another major version of a server', async () => {
    await openAndClose();
    const before = await readdir(folder);
    await expect(open({ mongodb: 'mongodb 8' })).rejects.toThrow(/written by mongodb 6, and mongodb 8 was found/);
    await expect(open({ redis: 'redis 7' })).rejects.toThrow(/written by valkey 8, and redis 7 was found/);
    expect(await readdir(folder)).toEqual(before);
    await openAndClose({ mongodb: 'mongodb 8', fresh: true });
  });

  it('is refused with --isolate when it was made without, and the other way round', async () => {
    await openAndClose();
    await expect(open({ isolate: true })).rejects.toThrow(/made without --isolate/);
    await openAndClose({ isolate: true, fresh: true });
    await expect(open()).rejects.toThrow(/made with --isolate/);
  });

  it('is migrated by newer code, once', async () => {
    await openAndClose();
    await openAndClose({ migrations: [rename] });
    await openAndClose({ migrations: [rename] });
    expect(await readFile(join(folder, 'migrated'), 'utf8')).toBe('x');
  });

  it('is refused, untouched, by older code', async () => {
    await openAndClose({ migrations: [rename] });
    const version = await readFile(join(folder, 'version'), 'utf8');
    await expect(open()).rejects.toThrow(/written by newer code \(data version 2, this is 1\)/);
    expect(await readFile(join(folder, 'version'), 'utf8')).toBe(version);
  });

  it('goes on where a migration failed', async () => {
    await openAndClose();
    const torn = { name: 'torn', up: () => Promise.reject(new Error('no power')) };
    await expect(open({ migrations: [rename, torn] })).rejects.toThrow(/no power/);
    await openAndClose({ migrations: [rename, { name: 'torn', up: rename.up }] });
    expect(await readFile(join(folder, 'migrated'), 'utf8')).toBe('xx');
  });

  it('is refused when its version cannot be understood', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'version'), 'seven');
    await expect(open()).rejects.toThrow(/cannot be understood/);
  });
});
