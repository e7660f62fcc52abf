import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

// All of it is read from /proc, which Linux alone has.

/** Whether memory and CPU of other processes can be read here. */
export const canMeasureProcesses = (): boolean => existsSync('/proc/self/smaps_rollup');

/** The processes that one started, directly or not, and itself. */
export function treeOf(root: number): number[] {
  const children = Map.groupBy(
    readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(Number),
    pid => Number(statOf(pid)?.[PARENT] ?? -1),
  );
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** Whether a process is a Node of any version, npm included. */
export function isNode(pid: number): boolean {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`)) === 'node';
  } catch {
    // it has ended
    return false;
  }
}

/** Proportional set size in bytes: what is shared is divided among those who share it. */
export function pss(pid: number): number {
  const line = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  return Number(line?.[1] ?? NaN) * 1024;
}

/** Seconds of CPU that a process has used, its threads included. */
export function cpuSeconds(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat?.[USER_TIME]) + Number(stat?.[SYSTEM_TIME])) / TICKS_PER_SECOND;
}

/** The command line with its words apart, for processes that have no better name. */
export const commandOf = (pid: number): string[] => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');

// Linux reports to programs in hundredths of a second on every machine that Node runs on.
const TICKS_PER_SECOND = 100;

// the fields of /proc/<pid>/stat behind the name, which may itself hold spaces and brackets
const PARENT = 1;
const USER_TIME = 11;
const SYSTEM_TIME = 12;

function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    // it has ended
    return undefined;
  }
}
