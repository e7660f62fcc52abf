import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning, startTime } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { killGroup } from './processes.ts';
import type { Supervised } from './processes.ts';
import { writePrivate } from './secrets.ts';

// What runs on a data folder is written down there: should launcher and watchdog both be killed, the next start ends
// it before it opens the databases.

const file = (folder: string) => join(folder, 'processes.json');

/** Writes down the processes that run now. */
export function recordProcesses(folder: string, processes: Supervised[]): Promise<void> {
  const pids = processes.map(process => process.pid()).filter(pid => pid !== null);
  const identities = pids.map((pid): ProcessIdentity => ({ pid, startTime: startTime(pid) }));
  return writePrivate(file(folder), JSON.stringify(identities));
}

/** Ends what an earlier launcher left running: asks first, kills after 10 s. */
export async function endLeftovers(folder: string): Promise<void> {
  const text = await readFile(file(folder), 'utf8').catch(() => '[]');
  const left = (JSON.parse(text) as ProcessIdentity[]).filter(isRunning);
  for (const { pid } of left) process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + 10_000;
  while (left.some(isRunning) && Date.now() < deadline) await new Promise(resolve => setTimeout(resolve, 50));
  for (const one of left.filter(isRunning)) killGroup(one.pid);
  await rm(file(folder), { force: true });
}
