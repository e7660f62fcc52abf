import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { StormName } from './storms.ts';

/** What came of one storm. */
export interface Outcome {
  /** by what should hold */
  violations: Record<string, string[]>;
  /** what was still under way when patience ended */
  open: string[];
}

/** Longer than any storm takes on a slow machine. */
const PATIENCE = 300_000;

/** One storm over a tree, in a process of its own. Answers why, where it did not come to an end. */
export async function weather(folder: string, storm: StormName, verbose: boolean): Promise<Outcome | string> {
  const args = [join(folder, 'tests/chaos/teeth/one.ts'), storm];
  // it also learns by a closed channel that this process was killed
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  let answer = '';
  let said = '';
  child.stdout?.on('data', (text: Buffer) => (answer += text.toString()));
  child.stderr?.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(-4000);
    if (verbose) process.stderr.write(text);
  });
  const code = await new Promise(resolve => child.on('close', resolve));
  clearTimeout(timer);
  if (code === 0) return JSON.parse(answer) as Outcome;
  return `it came to no end: ${/^\w*Error: .*$/m.exec(said)?.[0] ?? said.trim().split('\n').at(-1) ?? ''}`;
}
