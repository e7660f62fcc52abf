import { join } from 'node:path';
import { createStream } from 'rotating-file-stream';

/** The log file of one process: 5 files of 10 MB, and the last lines in memory. */
export interface Log {
  file: string;
  write: (chunk: Buffer | string) => void;
  /** the last lines, oldest first */
  tail: () => string[];
  close: () => Promise<void>;
}

const lines = 30;

/** Opens `<folder>/<name>.log`; older ones are `<name>.1.log` (the newest) to `<name>.4.log`. */
export function openLog(folder: string, name: string): Log {
  const stream = createStream(
    (index: Date | number | null) => (index ? `${name}.${String(index)}.log` : `${name}.log`),
    {
      path: folder,
      size: '10M',
      rotate: 4,
      mode: 0o600,
    },
  );
  // a full disk must not take the house down with it: the last lines are still in memory
  stream.on('error', () => undefined);
  let recent: string[] = [];
  let unfinished = '';
  return {
    file: join(folder, `${name}.log`),
    write: chunk => {
      stream.write(chunk);
      const parts = (unfinished + chunk.toString()).split('\n');
      unfinished = (parts.pop() ?? '').slice(-10_000);
      recent = [...recent, ...parts].slice(-lines);
    },
    tail: () => (unfinished === '' ? recent : [...recent, unfinished]),
    close: () => new Promise(resolve => stream.end(() => resolve())),
  };
}
