import { spawn } from 'node:child_process';
import { ranks } from './processes.ts';

// Ends what it watches when the pipe to the launcher breaks, which is when the launcher was killed: the highest
// rank first, each with 10 s to end by itself. A shell, since it is there
// everywhere and takes 1 MB.
const script = `
pids=
while read -r verb rank pid; do
  case $verb in
    watch) pids="$pids $rank:$pid" ;;
    forget) kept=; for p in $pids; do [ "\${p#*:}" = "$rank" ] || kept="$kept $p"; done; pids=$kept ;;
    quit) exit 0 ;;
  esac
done
for rank in ${Object.values(ranks)
  .toSorted((a, b) => b - a)
  .join(' ')}; do
  group=; for p in $pids; do [ "\${p%%:*}" = $rank ] && group="$group \${p#*:}"; done
  for pid in $group; do kill -s TERM -- "-$pid" 2>/dev/null; done
  waits=0
  while [ $waits -lt 100 ]; do
    alive=; for pid in $group; do kill -s 0 -- "-$pid" 2>/dev/null && alive=1; done
    [ -z "$alive" ] && break
    sleep 0.1; waits=$((waits + 1))
  done
  for pid in $group; do kill -s KILL -- "-$pid" 2>/dev/null; done
done
`;

export interface Watchdog {
  watch: (pid: number, rank: number) => void;
  forget: (pid: number) => void;
  quit: () => void;
}

/** Starts the process that outlives this one by as long as it takes to end its children. */
export function startWatchdog(): Watchdog {
  const child = spawn('/bin/sh', ['-c', script, 'mealprep360-watchdog'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // written to after somebody killed it: the children then lack a guard, which is no reason to end them
  child.stdin.on('error', () => undefined);
  child.unref();
  const tell = (line: string) => child.stdin.write(`${line}\n`);
  return {
    watch: (pid, rank) => tell(`watch ${rank} ${pid}`),
    forget: pid => tell(`forget ${pid}`),
    quit: () => {
      tell('quit');
      child.stdin.end();
    },
  };
}
