import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';

/** One process of the house, as an orchestrator sees it. */
export interface StartedProcess {
  /** http://127.0.0.1:port */
  url: string;
  port: number;
  terminate: () => void;
  /** the exit code */
  ended: Promise<number | null>;
  /** what it said on standard error */
  errors: () => string;
}

const running: ChildProcess[] = [];

/** Ends what a test left running. */
export async function endAll(): Promise<void> {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

/** Resolves when the process listens, or has ended. */
export async function startProcess(program: string, environment: Record<string, string>): Promise<StartedProcess> {
  const env = { APOLLO_TELEMETRY_DISABLED: 'true', PORT: '0', ...environment };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const listening = new Promise<number>(done => {
    createInterface(child.stdout).on('line', line => {
      const { msg, port } = JSON.parse(line) as { msg: string; port?: number };
      if (msg === 'listening') done(port ?? 0);
    });
  });
  const port = await Promise.race([listening, ended.then(() => 0)]);
  return { url: `http://127.0.0.1:${port}`, port, terminate: () => child.kill('SIGTERM'), ended, errors: () => errors };
}

/** The environment of a process that has keys and Redis. */
export function environmentOf(name: string): Record<string, string> {
  const { keys, redis } = inject('servers');
  return {
    SIGNING_KEY_FILE: keys.signing[name] ?? '',
    PUBLIC_KEYS_FILE: keys.public,
    REDIS_URL: redis.services[name] ?? '',
  };
}

/** The same for a service with a database. */
export const roomEnvironment = (name: string, prefix: string): Record<string, string> => ({
  ...environmentOf(name),
  [`${prefix}URI`]: inject('servers').mongodb.services[name] ?? '',
});
