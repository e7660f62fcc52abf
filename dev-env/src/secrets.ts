import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from './obstacle.ts';

/**
 * The passwords of the data folder, by name; made once and stable across restarts. Names that are not there yet get
 * one. They are letters, digits, `-` and `_`, so they stand in a URL as they are.
 */
export async function loadPasswords<Name extends string>(folder: string, names: Name[]): Promise<Record<Name, string>> {
  const file = join(folder, 'passwords.json');
  const known = await readJson(file);
  const fresh = names.filter(name => known[name] === undefined);
  if (fresh.length > 0) {
    for (const name of fresh) known[name] = randomBytes(24).toString('base64url');
    await writePrivate(file, `${JSON.stringify(known, null, 2)}\n`);
  }
  return known;
}

/** A file with a secret in it, made by `make` on the first call; resolves with its path. */
export async function keptSecret(file: string, make: () => string): Promise<string> {
  try {
    await readFile(file);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    await writePrivate(file, make());
  }
  return file;
}

/** Writes a file that only its owner can read, whole or not at all. */
export async function writePrivate(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function readJson(file: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return {};
    throw error;
  }
}
