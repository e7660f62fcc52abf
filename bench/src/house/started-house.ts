import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const run = z.object({
  ready: z.boolean(),
  processes: z.array(z.object({ name: z.string(), pid: z.number().nullable() })),
});

/** The moments of a start, in seconds from `npm start` on. */
export interface Moments {
  /** MongoDB and Redis answer */
  stores: number;
  /** every process is running, if not ready */
  spawned: number;
  ready: number;
}

/** A house that `npm start` started. */
export interface StartedHouse {
  /** of npm */
  pid: number;
  moments: Moments;
  /** the names of its processes, by process id */
  names: Map<number, string>;
  stop: () => Promise<void>;
}

/** Runs `npm start` on a data folder and waits until the house is ready. Throws with what it said when it ends instead. */
export async function startHouse(data: string, portBase: number, signal: AbortSignal): Promise<StartedHouse> {
  const started = performance.now();
  const npm = spawn('npm', ['start', '--', '--data', data, '--port-base', String(portBase)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // a Ctrl-C in the terminal is for the bench, which stops the house in its own time
    detached: true,
  });
  const ended = new Promise<void>(resolve => {
    npm.once('close', () => resolve());
    npm.once('error', () => resolve());
  });
  const stop = async () => {
    // to npm and all that stands between it and the house: a shim would keep the signal to itself
    if (npm.pid !== undefined && isRunning(npm)) process.kill(-npm.pid, 'SIGTERM');
    await ended;
  };
  try {
    const moments = await untilReady(npm, data, started, signal);
    const processes = readRun(data)?.processes ?? [];
    return { pid: npm.pid ?? 0, moments, names: new Map(processes.map(({ name, pid }) => [pid ?? 0, name])), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const POLL = 20;

async function untilReady(npm: ChildProcess, data: string, started: number, signal: AbortSignal): Promise<Moments> {
  let said = '';
  const keep = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-5000));
  npm.stdout?.on('data', keep);
  npm.stderr?.on('data', keep);
  const moments: Partial<Moments> = {};
  for (;;) {
    signal.throwIfAborted();
    if (!isRunning(npm)) throw new Error(`npm start ended before it was ready:\n${said}`);
    const now = (performance.now() - started) / 1000;
    const there = readRun(data);
    if (there) moments.stores ??= now;
    if (there?.processes.some(({ name, pid }) => name === 'gateway' && pid !== null)) moments.spawned ??= now;
    if (there?.ready) return { stores: now, spawned: now, ...moments, ready: now };
    await pause(POLL);
  }
}

const isRunning = ({ pid, exitCode, signalCode }: ChildProcess): boolean =>
  pid !== undefined && exitCode === null && signalCode === null;

/** What the house says of itself; undefined while it says nothing, as between a stop and the next start. */
function readRun(data: string): z.infer<typeof run> | undefined {
  try {
    return run.parse(JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')));
  } catch {
    // not there yet
    return undefined;
  }
}
