import { join } from 'node:path';
import { recordProcesses } from './leftovers.ts';
import { killGroup, supervise } from './processes.ts';
import type { Program, ranks, Supervised } from './processes.ts';
import { writeRun } from './run-file.ts';
import type { Run } from './run-file.ts';
import type { Report } from './servers/kind.ts';
import { startWatchdog } from './watchdog.ts';

/** The processes of one house, and the files that tell of them. */
export interface Crew {
  start: (program: Program) => Supervised;
  find: (name: string) => Supervised | undefined;
  /** what stands in run.json; undefined until it was first told */
  run: () => Run | undefined;
  /** tells run.json more; processes are kept current without being told */
  tell: (part: Omit<Run, 'processes'>) => Promise<void>;
  /** gateway, BFF, services, Redis, MongoDB; each kind drains for at most 10 s */
  takeDown: () => Promise<void>;
  killAll: () => void;
}

const grace = 10_000;

export function gatherCrew(folder: string, cwd: string, report: Report): Crew {
  const watchdog = startWatchdog();
  const processes: Supervised[] = [];
  let told: Omit<Run, 'processes'> | undefined;
  let written = Promise.resolve();
  const run = () => told && { ...told, processes: processes.map(describe) };
  // one write after the other: each is of what holds when its turn comes
  const write = () => {
    written = written
      .then(() => recordProcesses(folder, processes))
      .then(async () => {
        const now = run();
        if (now) await writeRun(folder, now);
      })
      .catch((error: unknown) => report(`run.json cannot be written: ${String(error)}`));
    return written;
  };
  return {
    start: program => {
      const surroundings = { logs: join(folder, 'logs'), cwd, watchdog, onChange: () => void write(), report };
      const process = supervise(program, surroundings);
      processes.push(process);
      return process;
    },
    find: name => processes.find(process => process.name === name),
    run,
    tell: part => {
      told = part;
      return write();
    },
    takeDown: async () => {
      for (const rank of ['gateway', 'bff', 'service', 'redis', 'mongodb'] satisfies (keyof typeof ranks)[]) {
        await Promise.all(processes.filter(process => process.rank === rank).map(process => process.stop(grace)));
      }
      told = undefined;
      await write();
      watchdog.quit();
    },
    killAll: () => {
      const pids = processes.map(process => process.pid()).filter(pid => pid !== null);
      pids.forEach(killGroup);
      watchdog.quit();
    },
  };
}

function describe({ name, pid, port, log }: Supervised): Run['processes'][number] {
  return { name, pid: pid(), port, log };
}
