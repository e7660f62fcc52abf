import { access, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { waitForLock } from '../lock.ts';
import type { Search } from './kind.ts';

interface Fetch {
  /** the folder in the cache; its name up to the first hyphen is the family whose fetches wait for each other */
  target: string;
  /** what is fetched, from where and how much, for a person who waits */
  what: string;
  /** puts it all into an empty folder */
  fill: (folder: string) => Promise<void>;
}

/** Makes a folder of the cache, whole or not at all; two processes at once make it once. Resolves with its path. */
export async function fetchFolder({ target, what, fill }: Fetch, { report }: Pick<Search, 'report'>): Promise<string> {
  const cache = dirname(target);
  const family = basename(target).split('-')[0] ?? '';
  const lock = await waitForLock(join(cache, `${family}.lock`), pid => {
    report(`Waiting for process ${pid}, which is fetching the servers …`);
  });
  try {
    if (await exists(target)) return target;
    report(`Fetching ${what} …`);
    const started = Date.now();
    const unfinished = `${family}-new-`;
    // what a killed fetch left behind
    const torn = (await readdir(cache)).filter(name => name.startsWith(unfinished));
    await Promise.all(torn.map(name => rm(join(cache, name), { recursive: true, force: true })));
    const folder = await mkdtemp(join(cache, unfinished));
    try {
      await fill(folder);
      await rename(folder, target);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    report(`Fetched in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
    return target;
  } finally {
    await lock.release();
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
