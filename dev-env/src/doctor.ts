// Run by doctor.mjs: which servers would be used. Exits with 1 when one has yet to be fetched, with 2 when
// one cannot be fetched or does not work.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Obstacle } from './obstacle.ts';
import { cacheFolder, lookUp } from './servers/find.ts';
import type { ServerKind } from './servers/kind.ts';
import { mongod } from './servers/mongod.ts';
import { redisServer } from './servers/redis-server.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const report = (line: string) => say(`note    ${line}`);

for (const kind of [mongod, redisServer]) process.exitCode = Math.max(Number(process.exitCode ?? 0), await tell(kind));

async function tell(kind: ServerKind): Promise<number> {
  try {
    const found = await lookUp(kind, { env: process.env, cache: cacheFolder(process.env), report });
    if (found === undefined) {
      if (kind.fetchable) say(`-       ${kind.title}: none yet, npm start fetches one; or ${kind.advice}`);
      else say(`missing ${kind.title}: ${kind.advice}`);
      return kind.fetchable ? 1 : 2;
    }
    if ('address' in found) say(`ok      ${kind.title}  (${found.source})`);
    else {
      say(`ok      ${kind.title}: ${found.product} ${found.version}  (${found.source}: ${found.path})`);
      await tellLibraries(found.path);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    say(`broken  ${kind.title}: ${error.message}`);
    return 2;
  }
}

/** The libraries of the system that a server needs, and does not bring along. */
async function tellLibraries(path: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const { stdout } = await promisify(execFile)('ldd', [path]).catch(() => ({ stdout: '' }));
  const used = [...stdout.matchAll(/(lib(?:ssl|crypto|curl)\S*) => (.+?)(?: \(0x|$)/gm)];
  for (const [, library, where] of used) say(`        ${library ?? ''}  (${where ?? ''})`);
}
