import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { openLog } from './logs.ts';
import type { Log } from './logs.ts';
import { Obstacle } from './obstacle.ts';
import type { Watchdog } from './watchdog.ts';

/** Who needs whom: the highest is stopped first. */
export const ranks = { mongodb: 0, redis: 1, service: 2, bff: 3, gateway: 4 } as const;

/** What to run, and to run again whenever it ends. */
export interface Program {
  name: string;
  command: string;
  args: string[];
  /** asked anew for each start where it is a function */
  env: NodeJS.ProcessEnv | (() => NodeJS.ProcessEnv);
  port: number | null;
  rank: keyof typeof ranks;
  /** ms to the first restart, doubled for each death in a row: half a second where nothing is said */
  firstDelay?: number;
}

/** A program that is kept running until it is stopped. */
export interface Supervised {
  name: string;
  port: number | null;
  log: string;
  rank: keyof typeof ranks;
  /** null between a death and the next start */
  pid: () => number | null;
  kill: (signal: NodeJS.Signals) => void;
  /** sends a signal, and does not start the program again should it end, until it is released */
  hold: (signal: NodeJS.Signals) => void;
  /** a program that was held goes on, or is started again at once when it has ended */
  release: () => void;
  /** rejects when the program ends before `settled` was called: such a first start is a failure, not a death */
  failed: Promise<never>;
  settled: () => void;
  /** the last lines of its log, each with its name before it */
  lastWords: () => string;
  /** asks it to end; kills it and its process group after `grace` ms */
  stop: (grace: number) => Promise<void>;
}

export interface Surroundings {
  /** folder of the log files */
  logs: string;
  cwd: string;
  watchdog: Watchdog;
  /** called whenever a pid changed */
  onChange: () => void;
  report: (line: string) => void;
}

const lastDelay = 10_000;
const steadyAfter = 30_000;

/** Starts a program in a process group of its own and starts it again, with growing waits, whenever it ends. */
export function supervise(program: Program, surroundings: Surroundings): Supervised {
  const { watchdog, onChange, report } = surroundings;
  const log = openLog(surroundings.logs, program.name);
  const first = Promise.withResolvers<never>();
  // whoever starts the program awaits it; after that nobody needs to
  first.promise.catch(() => undefined);
  let child: ChildProcess | null = null;
  let timer: NodeJS.Timeout | undefined;
  let hasSettled = false;
  // false while it is held, and once it is being stopped
  let wanted = true;
  const nextDelay = growingDelay(program.firstDelay ?? 500);

  const start = () => {
    const startedAt = Date.now();
    child = launch(program, surroundings.cwd, log);
    const { pid } = child;
    if (pid !== undefined) watchdog.watch(pid, ranks[program.rank]);
    onChange();
    onEnd(child, how => {
      if (pid !== undefined) watchdog.forget(pid);
      child = null;
      onChange();
      if (wanted && !hasSettled) first.reject(failure(program.name, how, log));
      if (!wanted || !hasSettled) return;
      const delay = nextDelay(Date.now() - startedAt);
      report(`${program.name} ended (${how}); it is started again in ${delay / 1000} s. Its log: ${log.file}`);
      timer = setTimeout(start, delay);
    });
  };
  start();

  return {
    name: program.name,
    port: program.port,
    log: log.file,
    rank: program.rank,
    pid: () => child?.pid ?? null,
    kill: signal => void child?.kill(signal),
    hold: signal => {
      wanted = false;
      clearTimeout(timer);
      child?.kill(signal);
    },
    release: () => {
      wanted = true;
      clearTimeout(timer);
      if (child) child.kill('SIGCONT');
      else start();
    },
    failed: first.promise,
    lastWords: () => lastWords(program.name, log),
    settled: () => {
      hasSettled = true;
    },
    stop: async grace => {
      wanted = false;
      clearTimeout(timer);
      if (child) await end(child, grace);
      await log.close();
    },
  };
}

/** Twice as long with each death in a row; one after a steady time is the first again. */
function growingDelay(first: number): (ranFor: number) => number {
  let next = first;
  return ranFor => {
    const delay = ranFor > steadyAfter ? first : next;
    next = Math.min(2 * delay, lastDelay);
    return delay;
  };
}

function failure(name: string, how: string, log: Log): Obstacle {
  return new Obstacle(`${name} did not start (${how}). Its log: ${log.file}`, { cause: lastWords(name, log) });
}

function lastWords(name: string, log: Log): string {
  return log
    .tail()
    .map(line => `  ${name} | ${line.length > 500 ? `${line.slice(0, 500)} …` : line}\n`)
    .join('');
}

function launch(program: Program, cwd: string, log: Log): ChildProcess {
  const child = spawn(program.command, program.args, {
    cwd,
    env: typeof program.env === 'function' ? program.env() : program.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', log.write);
  child.stderr.on('data', log.write);
  return child;
}

/** Calls back once, when the process has ended and its output is written, or could not be started at all. */
function onEnd(child: ChildProcess, tell: (how: string) => void): void {
  child.once('error', error => {
    if (child.pid === undefined) tell(error.message);
  });
  // what it started would hold its output open
  child.once('exit', () => child.pid === undefined || killGroup(child.pid));
  child.once('close', (code, signal) => {
    if (child.pid !== undefined) tell(signal ? `killed by ${signal}` : `exit code ${code ?? 0}`);
  });
}

async function end(child: ChildProcess, grace: number): Promise<void> {
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const pid = child.pid;
  child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(pid), grace);
  await ended;
  clearTimeout(timer);
  killGroup(pid);
}

/** Kills a process and all that it started. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: none of them is left
  }
}
