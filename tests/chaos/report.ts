import { cpus, totalmem } from 'node:os';
import type { Share } from './checker/promises.ts';
import type { Reads } from './probe.ts';

/** One fault that was done. */
export interface Done {
  kind: string;
  target: string;
  /** ms from its end to the first acknowledged write of all whom it hindered; null where nothing was measured */
  recovery: number | null;
  /** meanwhile, of services that it did not hinder */
  reads: Reads;
}

export interface Result {
  seed: number;
  seconds: number;
  faults: readonly Done[];
  /** points at which processes died */
  crashes: readonly string[];
  plans: Share;
  /** of some plans that came to nothing: where the time went */
  timelines: readonly string[];
  operations: ReadonlyMap<string, { answered: number; unknown: number }>;
  /** what was still under way when patience ended */
  open: readonly string[];
  /** by what should hold */
  violations: Readonly<Record<string, readonly string[]>>;
  /** ms from the last fault's end until nothing was under way any more */
  quietAfter: number;
}

export const countOf = ({ open, violations }: Result): number =>
  open.length + Object.values(violations).reduce((sum, found) => sum + found.length, 0);

/** What happened, for people. */
export function reportOf(result: Result): string {
  const { seed, seconds, faults, crashes, plans, operations, open, violations, quietAfter } = result;
  const kinds = Map.groupBy(faults, fault => fault.kind);
  const lines = [...kinds].map(([kind, own]) => {
    const times = own.flatMap(({ recovery }) => recovery ?? []).toSorted((a, b) => a - b);
    const most =
      times.length === 0 ? '' : `writes again after ${second(median(times))}, at most ${second(times.at(-1) ?? 0)}`;
    return `  ${String(own.length).padStart(4)}  ${kind.padEnd(30)} ${most}`;
  });
  const asked = [...operations].map(([name, { answered, unknown }]) => `${name} ${answered} (${unknown} unknown)`);
  const found = Object.entries(violations).map(([name, own]) => `  ${String(own.length).padStart(4)}  ${name}`);
  const first = Object.values(violations).flatMap(own => own.slice(0, 10));
  return [
    `seed ${seed}, ${seconds.toFixed(0)} s on ${cpus().length} × ${cpus()[0]?.model.trim() ?? ''}, ${(totalmem() / 2 ** 30).toFixed(0)} GB`,
    `${faults.length + crashes.length} faults of ${kinds.size + (crashes.length > 0 ? 1 : 0)} kinds:`,
    ...lines,
    ...(crashes.length > 0 ? [`  ${String(crashes.length).padStart(4)}  crash points`] : []),
    `${plans.asked} sagas, ${plans.active} plans came to be (${((100 * plans.active) / plans.asked).toFixed(1)} %)`,
    ...Object.entries(plans.reasons).map(([reason, count]) => `  ${String(count).padStart(4)}  ${reason}`),
    ...result.timelines.map(line => `        ${line}`),
    `reads that did not need the part: ${readsOf(faults)}`,
    `answered: ${asked.join(', ')}`,
    `quiet ${second(quietAfter)} after the last fault`,
    ...(open.length > 0 ? ['still under way:', ...open.slice(0, 20).map(line => `  ${line}`)] : []),
    'violations:',
    ...found,
    ...first.map(line => `  - ${line}`),
    '',
  ].join('\n');
}

function readsOf(faults: readonly Done[]): string {
  const sum = (name: keyof Reads): number => faults.reduce((all, { reads }) => all + reads[name], 0);
  const [asked, answered] = [sum('asked'), sum('answered')];
  return asked === 0 ? 'none' : `${answered} of ${asked} answered (${((100 * answered) / asked).toFixed(1)} %)`;
}

const second = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0;
