import { freePortBase } from '@mealprep360/dev-env/ports';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { median, ratio, type Figure, type Row } from '../figure.ts';
import { canMeasureProcesses, commandOf, cpuSeconds, isNode, pss, treeOf } from '../house/process-tree.ts';
import { startHouse, type Moments, type StartedHouse } from '../house/started-house.ts';

const WARM_STARTS = 3;
const SECONDS_TO_READY = 20;
const GIGABYTES = 1.5;
/** what a start leaves to do (the tails of streams, compiling what turned out to be hot) is over by then */
const SETTLING = 60_000;
const IDLE_SECONDS = 60;
/** of a core, by each process of ours */
const IDLE_SHARE = 0.01;

/** The whole system: how long it takes to be ready, what it holds in memory, and what it does when nobody asks. */
export const house: Figure = {
  name: 'house',
  about: 'npm start: seconds to ready cold and warm, memory, and CPU while idle (about 4 minutes)',
  run: async (tell, signal) => {
    const data = mkdtempSync(join(tmpdir(), 'mealprep360-bench-'));
    try {
      const portBase = await freePortBase();
      const start = async (how: string) => {
        const started = await startHouse(data, portBase, signal);
        tell(`${how} start: ${phases(started.moments)}`);
        return started;
      };
      const cold = await start('cold');
      await cold.stop();
      const warm: number[] = [];
      let idle: Row[] = [];
      for (let nth = 1; nth <= WARM_STARTS; nth++) {
        const started = await start(`warm (${nth} of ${WARM_STARTS})`);
        try {
          warm.push(started.moments.ready);
          if (nth === WARM_STARTS) idle = await measureIdle(started, tell, signal);
        } finally {
          await started.stop();
        }
      }
      return [...startRows(cold.moments.ready, median(warm)), ...idle];
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  },
};

const phases = ({ stores, spawned, ready }: Moments): string =>
  `databases up ${stores.toFixed(1)} s, all processes running ${spawned.toFixed(1)} s, ready ${ready.toFixed(1)} s`;

const startRows = (cold: number, warm: number): Row[] => [
  {
    what: `stopped to ready, warm (median of ${WARM_STARTS})`,
    value: `${warm.toFixed(1)} s`,
    bar: `≤ ${SECONDS_TO_READY} s`,
    holds: warm <= SECONDS_TO_READY,
  },
  { what: 'stopped to ready, empty data folder', value: `${cold.toFixed(1)} s, ${ratio(cold, warm)} the warm start` },
];

async function measureIdle(
  started: StartedHouse,
  tell: (progress: string) => void,
  signal: AbortSignal,
): Promise<Row[]> {
  if (!canMeasureProcesses()) return [{ what: 'memory and idle CPU', value: 'not measured: this is not Linux' }];
  tell('letting it come to rest …');
  await pause(SETTLING, undefined, { signal });
  const processes = treeOf(started.pid).map(pid => ({ pid, name: nameOf(pid, started), isNode: isNode(pid) }));
  tell(`watching it idle for ${IDLE_SECONDS} s …`);
  const before = processes.map(({ pid }) => cpuSeconds(pid));
  const began = performance.now();
  await pause(IDLE_SECONDS * 1000, undefined, { signal });
  const watched = (performance.now() - began) / 1000;
  const share = processes.map(({ pid }, index) => (cpuSeconds(pid) - (before[index] ?? NaN)) / watched);
  const nodes = processes.filter(process => process.isNode).map(process => ({ ...process, pss: pss(process.pid) }));
  const sum = nodes.reduce((total, process) => total + process.pss, 0);
  return [
    {
      what: `memory of all ${nodes.length} Node processes (Pss)`,
      value: `${(sum / 1e9).toFixed(2)} GB`,
      bar: `≤ ${GIGABYTES} GB`,
      holds: sum <= GIGABYTES * 1e9,
    },
    ...nodes.map(process => ({ what: `  ${process.name}`, value: `${(process.pss / 1e6).toFixed(0)} MB` })),
    ...processes
      .map((process, index) => ({ ...process, share: share[index] ?? NaN }))
      .filter(({ pid, isNode: isOurs }) => isOurs || started.names.has(pid))
      .map(idleRow),
  ];
}

const idleRow = ({ name, isNode: isOurs, share }: { name: string; isNode: boolean; share: number }): Row => ({
  what: `idle CPU of ${name}`,
  value: `${(100 * share).toFixed(2)} % of a core`,
  ...(isOurs && { bar: `≤ ${100 * IDLE_SHARE} %`, holds: share <= IDLE_SHARE }),
});

/** As the house calls it; what stands around the house by what it runs. */
function nameOf(pid: number, { names }: StartedHouse): string {
  const [command = String(pid), ...words] = commandOf(pid);
  return names.get(pid) ?? words.find(word => /\.(ts|mjs)$/.test(word)) ?? basename(command.split(' ')[0] ?? command);
}
