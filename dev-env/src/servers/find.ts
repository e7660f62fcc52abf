import { execFile } from 'node:child_process';
import { access, constants, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { errnoOf, Obstacle } from '../obstacle.ts';
import type { Binary, Found, Search, ServerKind } from './kind.ts';

/** The cache folder that all clones of this user share. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'mealprep360');
}

/**
 * Finds a server: an address in the environment, a binary named there or on PATH, one fetched earlier, or one fetched
 * now. Throws an Obstacle that says what to do when none is to be had.
 */
export async function findServer(kind: ServerKind, search: Search): Promise<Found> {
  const here = await lookUp(kind, search);
  if (here) return here;
  const reasons: string[] = [];
  await mkdir(search.cache, { recursive: true });
  for (const fetch of kind.fetchers) {
    try {
      return await probe(kind, await fetch(search), 'fetched now');
    } catch (error) {
      search.signal?.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      if (fetch !== kind.fetchers.at(-1)) search.report(`${kind.title}: ${reason}`);
      reasons.push(reason);
    }
  }
  throw new Obstacle(`no ${kind.title} server is to be had (${reasons.join('; ')}): ${kind.advice}`);
}

/** The same search without fetching: undefined when there is none yet. */
export async function lookUp(kind: ServerKind, { env, cache, report }: Search): Promise<Found | undefined> {
  const address = kind.address !== null && env[kind.address];
  if (address) return { address, source: `address in ${kind.address}` };
  const named = env[kind.binary];
  if (named) return probe(kind, named, `named in ${kind.binary}`);
  const onPath = kind.programs.flatMap(program =>
    (env['PATH'] ?? '').split(delimiter).map(folder => [join(folder || '.', program), 'on PATH'] as const),
  );
  const cached = (await kind.cached(cache)).map(path => [path, 'fetched earlier'] as const);
  for (const [path, source] of [...onPath, ...cached]) {
    if (!(await isExecutable(path))) continue;
    try {
      return await probe(kind, path, source);
    } catch (error) {
      if (!(error instanceof Obstacle)) throw error;
      report(`${kind.title}: ${error.message} Looking further.`);
    }
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Asks a binary for its version: the proof that it runs on this machine. */
async function probe(kind: ServerKind, path: string, source: string): Promise<Binary> {
  let output: string;
  try {
    output = (await promisify(execFile)(path, ['--version'], { timeout: 20_000 })).stdout;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw new Obstacle(`${path} (${source}) does not exist.`);
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n')[0] : '';
    throw new Obstacle(`${path} (${source}) does not run here: ${said === '' ? String(error) : said}.`);
  }
  const known = kind.readVersion(output);
  if (!known) throw new Obstacle(`${path} (${source}) is no ${kind.title} server.`);
  if (Number.parseInt(known.version, 10) < kind.minimum) {
    throw new Obstacle(`${path} (${source}) is version ${known.version}, ${kind.minimum} or newer is needed.`);
  }
  return { path, source, ...known };
}
