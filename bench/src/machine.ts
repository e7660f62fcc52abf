import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** The machine on which something is measured, and what else it does just now, in a line. */
export const machine = (): string =>
  [
    `${availableParallelism()} cores (${cpus()[0]?.model ?? 'of an unknown kind'})`,
    `${(totalmem() / 1e9).toFixed(0)} GB of memory`,
    `Node ${process.version}`,
    `a load of ${(loadavg()[0] ?? NaN).toFixed(1)} before it began`,
  ].join(', ');
