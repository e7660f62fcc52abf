import cliProgress from 'cli-progress';
import type { Terminal } from './terminal.ts';

interface Progress {
  add: (count: number) => void;
  end: () => void;
}

/** A bar on the error output, where somebody looks; nothing elsewhere. */
export function progress({ showsBars }: Terminal, what: string, total: number): Progress {
  if (!showsBars || total === 0) return { add: () => undefined, end: () => undefined };
  const format = `${what} {bar} {value}/{total} · {eta_formatted}`;
  const bar = new cliProgress.SingleBar({ format, hideCursor: true }, cliProgress.Presets.shades_classic);
  bar.start(total, 0);
  return {
    add: count => {
      bar.increment(count);
    },
    end: () => {
      bar.stop();
    },
  };
}
