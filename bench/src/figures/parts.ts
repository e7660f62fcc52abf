import { startHouse, type House } from '@mealprep360/dev-env/house';
import { freePortBase } from '@mealprep360/dev-env/ports';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signUp } from '../doors/sign-up.ts';
import { median, type Figure, type Row } from '../figure.ts';
import { furnish } from '../parts/belongings.ts';
import { guest, operationNames, operationsOf, type Operations } from '../parts/guest.ts';
import { until } from '../parts/until.ts';

const services = ['users', 'recipes', 'mealplans', 'shopping', 'social', 'blog', 'notifications'];
const ends = { stopped: 'SIGTERM', killed: 'SIGKILL', hung: 'SIGSTOP' } as const;
const cases = services.flatMap(service =>
  [
    { part: service, process: service },
    { part: `the database of ${service}`, process: `mongodb-${service}` },
  ].flatMap(part => Object.entries(ends).map(([how, signal]) => ({ ...part, how, signal }))),
);

const ROUNDS = 5;
const WARM_UP = 20;
const SECONDS_AT_FIRST = 3.5;
const MILLISECONDS_BEYOND = 100;
const BAR = `≤ ${SECONDS_AT_FIRST} s, ≤ ${MILLISECONDS_BEYOND} ms`;
/** on a machine that has other things to do, no part is taken away any more after so long */
const MINUTES = 6;

/** What one dead part costs those who ask for more than it: at first, and once it is known to be down. */
export const parts: Figure = {
  name: 'parts',
  about: 'answers while one service or its database is stopped, killed or hung (at most 7 minutes)',
  run: async (tell, signal) => {
    const data = mkdtempSync(join(tmpdir(), 'mealprep360-bench-'));
    try {
      tell('starting a house with a MongoDB for each service …');
      const house = await startHouse({ portBase: await freePortBase(), data, isolate: true, signal });
      try {
        const person = guest(house.graph, await signUp(house.graph, 'guest'));
        const operations = operationsOf(person, house.bff, await furnish(person, signal));
        return await measureAll(house, operations, tell, signal);
      } finally {
        await house.stop();
      }
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  },
};

/** Milliseconds by operation. */
type Times = Record<keyof Operations, number>;

interface Measured {
  healthy: Times;
  first: Times;
  /** once it is known to be down, beyond the healthy time */
  beyond: Times;
}

async function measureAll(
  house: House,
  operations: Operations,
  tell: (progress: string) => void,
  signal: AbortSignal,
): Promise<Row[]> {
  await untilWhole(operations, signal);
  await inRounds(operations, WARM_UP, signal);
  const healthy: Times[] = [];
  const rows: Row[] = [];
  const began = performance.now();
  for (const [index, { part, process, how, signal: end }] of cases.entries()) {
    if (performance.now() - began > MINUTES * 60_000) {
      rows.push({ what: `${part} ${how}`, value: `not measured within ${MINUTES} minutes`, bar: BAR, holds: false });
      continue;
    }
    const away = { house, process, end };
    const measured = await measureWithout(away, operations, signal);
    healthy.push(measured.healthy);
    rows.push(rowOf(`${part} ${how}`, measured));
    tell(`${index + 1} of ${cases.length}: ${part} ${how}: ${rows.at(-1)?.value ?? ''}`);
  }
  return [
    ...operationNames.map(name => ({
      what: `${name}, nothing away`,
      value: `${median(healthy.map(times => times[name])).toFixed(0)} ms`,
    })),
    ...rows,
  ];
}

async function measureWithout(
  { house, process, end }: { house: House; process: string; end: NodeJS.Signals },
  operations: Operations,
  signal: AbortSignal,
): Promise<Measured> {
  const healthy = await inRounds(operations, ROUNDS, signal);
  house.hold(process, end);
  try {
    const hasEnded = () => house.run()?.processes.find(({ name }) => name === process)?.pid === null;
    if (end !== 'SIGSTOP') await until(`${process} has ended`, hasEnded, { seconds: 20, signal });
    const first = await atOnce(operations);
    const known = await inRounds(operations, ROUNDS, signal);
    if ((await operations.everything()) === 0) throw new Error(`nobody misses ${process}`);
    return { healthy, first, beyond: byOperation(name => known[name] - healthy[name]) };
  } finally {
    house.release(process);
    // without a signal: what was let go comes back also when nobody waits for the figure any more
    if (!signal.aborted) await untilWhole(operations, signal);
  }
}

const untilWhole = (operations: Operations, signal: AbortSignal): Promise<void> => {
  const isWhole = async () => {
    const missing = await Promise.all(operationNames.map(name => operations[name]()));
    return missing.every(count => count === 0);
  };
  return until('everything answers', isWhole, { seconds: 60, signal });
};

/** Asks all of them in turn, so many times; the middle time of each. */
async function inRounds(operations: Operations, rounds: number, signal: AbortSignal): Promise<Times> {
  const taken = byOperation((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const name of operationNames) {
      signal.throwIfAborted();
      taken[name].push(await millisecondsOf(operations[name]));
    }
  }
  return byOperation(name => median(taken[name]));
}

/** Asks all of them together, so that each is the first to meet what has changed. */
async function atOnce(operations: Operations): Promise<Times> {
  const taken = await Promise.all(operationNames.map(name => millisecondsOf(operations[name])));
  return byOperation((_, index) => taken[index] ?? NaN);
}

async function millisecondsOf(ask: () => Promise<number>): Promise<number> {
  const began = performance.now();
  await ask();
  return performance.now() - began;
}

const byOperation = <Value>(valueOf: (name: keyof Operations, index: number) => Value) =>
  Object.fromEntries(operationNames.map((name, index) => [name, valueOf(name, index)])) as Record<
    keyof Operations,
    Value
  >;

function rowOf(what: string, { first, beyond }: Measured): Row {
  const [slowest, most] = [worstOf(first), worstOf(beyond)];
  const seconds = first[slowest] / 1000;
  return {
    what,
    value: `at first ${seconds.toFixed(2)} s (${slowest}), then ${beyond[most].toFixed(0)} ms beyond (${most})`,
    bar: BAR,
    holds: seconds <= SECONDS_AT_FIRST && beyond[most] <= MILLISECONDS_BEYOND,
  };
}

const worstOf = (times: Times): keyof Operations =>
  operationNames.reduce((worst, name) => (times[name] > times[worst] ? name : worst));
