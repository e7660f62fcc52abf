import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { errnoOf } from './obstacle.ts';
import { isRunning, startTime } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

export interface Lock {
  release: () => Promise<void>;
}

/**
 * Takes a lock file for this process, or tells which running process holds it. A lock left by a killed process is
 * taken over: the holder is known by pid and start time, so a pid that was given away again does not count.
 */
export async function takeLock(file: string): Promise<Lock | { heldBy: number }> {
  const own: ProcessIdentity = { pid: process.pid, startTime: startTime(process.pid) };
  for (;;) {
    try {
      await writeFile(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
      return { release: () => rm(file, { force: true }) };
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
    const holder = await readHolder(file);
    if (holder && isRunning(holder)) return { heldBy: holder.pid };
    if (holder) await setAside(file);
  }
}

/** Waits for a lock as long as its holder lives. `onWait` is called once, with the holder's pid. */
export async function waitForLock(file: string, onWait: (pid: number) => void): Promise<Lock> {
  for (let told = false; ; told = true) {
    const lock = await takeLock(file);
    if ('release' in lock) return lock;
    if (!told) onWait(lock.heldBy);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function readHolder(file: string): Promise<ProcessIdentity | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    // empty: written this very moment, or torn by a crash of the machine
    return text === '' ? { pid: 0, startTime: null } : (JSON.parse(text) as ProcessIdentity);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of two processes that find the same stale lock, one moves it away. */
async function setAside(file: string): Promise<void> {
  const aside = `${file}.${process.pid}.stale`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
  await rm(aside, { force: true });
}
