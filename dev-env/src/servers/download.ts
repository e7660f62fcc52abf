import { fork } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Search } from './kind.ts';

const patience = 20_000;

/**
 * Downloads MongoDB's own build for this system into `folder`, by a process of its own, so that it can be given up:
 * after 20 s without an answer. Resolves with the binary's path.
 */
export async function downloadMongod(
  folder: string,
  { report, signal }: Pick<Search, 'report' | 'signal'>,
  program = fileURLToPath(new URL('./download-program.ts', import.meta.url)),
  timeout = patience,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  report('Looking for MongoDB’s own build for this system …');
  const child = fork(program, [folder], {
    execArgv: [],
    signal,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // without it the library does not check certificates
    env: { ...process.env, npm_config_strict_ssl: 'true' },
  });
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      child.kill('SIGKILL');
      reject(new Error(`no answer from MongoDB’s download site within ${timeout / 1000} s`));
    };
    let timer = setTimeout(giveUp, timeout);
    child.stdout?.on('data', (chunk: Buffer) => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, timeout);
      for (const line of chunk.toString().split(/[\r\n]+/)) if (line.trim()) report(line.trim());
    });
    child.on('message', (answer: { path: string } | { error: string }) => {
      if ('path' in answer) resolve(answer.path);
      else reject(new Error(`MongoDB’s own build could not be downloaded (${answer.error})`));
    });
    child.on('error', reject);
    child.on('exit', () => {
      clearTimeout(timer);
      reject(new Error('the download of MongoDB ended without an answer'));
    });
  });
}
