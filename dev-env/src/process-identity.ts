import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process, safe against its pid being given away again. */
export interface ProcessIdentity {
  pid: number;
  startTime: string | null;
}

/** When a process started, as an opaque text that is stable for its life; null when there is no such process. */
export function startTime(pid: number): string | null {
  if (pid <= 0) return null;
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

/** Whether this very process still runs (a zombie does not). */
export function isRunning({ pid, startTime: started }: ProcessIdentity): boolean {
  return started !== null && startTime(pid) === started;
}

function fromProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the name in brackets may hold blanks and brackets itself; state is the 3rd field, starttime the 22nd
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${fields[19] ?? ''}`;
  } catch {
    // gone between two looks, or never there
    return null;
  }
}

function fromPs(pid: number): string | null {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [state = '', ...started] = line.split(/\s+/);
    return state === '' || state.startsWith('Z') ? null : started.join(' ');
  } catch {
    // ps exits with 1 when there is no such process
    return null;
  }
}
