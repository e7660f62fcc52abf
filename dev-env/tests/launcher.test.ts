import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRunning, startTime } from '../src/process-identity.ts';
import type { ProcessIdentity } from '../src/process-identity.ts';
import { freePortBase } from '../src/ports.ts';
import type { Run } from '../src/run-file.ts';
import { fakeRoot } from './fake-house.ts';
import type { FakeRoot } from './fake-house.ts';

const program = fileURLToPath(import.meta.resolve('./launcher-program.ts'));
const within = { timeout: 30_000, interval: 25 };

let fake: FakeRoot;
let portBase: number;
let launchers: ChildProcess[];

beforeEach(async () => {
  fake = await fakeRoot(['users', 'recipes']);
  portBase = await freePortBase();
  launchers = [];
});
afterEach(async () => {
  for (const launcher of launchers.filter(one => one.exitCode === null && one.signalCode === null)) {
    launcher.kill('SIGTERM');
    await once(launcher, 'exit');
  }
  await fake.remove();
});

interface Launcher {
  child: ChildProcess;
  output: () => string;
  /** resolves with the exit code, or the signal it died of */
  ended: Promise<number | string>;
}

function start(...args: string[]): Launcher {
  const all = ['--production', '--port-base', String(portBase), '--data', fake.data, ...args];
  const child = spawn(process.execPath, [program, fake.root, ...all], { stdio: ['ignore', 'pipe', 'pipe'] });
  launchers.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]: (number | string | null)[]) => code ?? signal ?? 'lost');
  return { child, output: () => output, ended };
}

const runFile = () => join(fake.data, 'run.json');

function run(): Run | undefined {
  try {
    return JSON.parse(readFileSync(runFile(), 'utf8')) as Run;
  } catch {
    // not written yet, or removed
    return undefined;
  }
}

async function untilReady(): Promise<Run> {
  await expect.poll(() => run()?.ready, within).toBe(true);
  const ready = run();
  if (!ready) throw new Error('run.json is gone again');
  return ready;
}

const identities = ({ processes }: Run): ProcessIdentity[] =>
  processes.map(({ pid }) => ({ pid: pid ?? 0, startTime: startTime(pid ?? 0) }));

const ask = async (port: number, path: string): Promise<unknown> =>
  (await fetch(`http://127.0.0.1:${port}${path}`)).json();

describe('a started house', () => {
  it('tells in run.json where everything is, to its owner only, and is gone after SIGTERM', async () => {
    const house = start();
    const now = await untilReady();
    expect(statSync(runFile()).mode & 0o777).toBe(0o600);
    expect(now.graph).toBe(`http://127.0.0.1:${portBase}/graphql`);
    expect(now.processes.map(({ name, port }) => [name, port])).toEqual(
      expect.arrayContaining([
        ['gateway', portBase],
        ['bff', portBase + 10],
        ['users', portBase + 1],
        ['recipes', portBase + 2],
        ['mongodb', Number(/:(\d+)\/\?/.exec(JSON.stringify(now.mongodb))?.[1])],
        ['redis', Number(new URL(now.redis).port)],
      ]),
    );
    const all = identities(now);
    expect(all.every(isRunning)).toBe(true);
    await expect.poll(house.output, within).toContain(`graph          ${now.graph}`);
    await expect.poll(house.output, within).toContain('Ctrl-C stops it.');
    // it runs with --production
    expect(house.output()).not.toMatch(/demo account|Sandbox|GraphiQL/);
    house.child.kill('SIGTERM');
    expect(await house.ended).toBe(0);
    expect(all.filter(isRunning)).toEqual([]);
    expect(run()).toBeUndefined();
  });

  it('loads the shipped recipes on the first start only, and gives each service its own database', async () => {
    const first = start();
    await untilReady();
    expect(await ask(portBase + 2, '/recipes')).toBe(322);
    const environment = await ask(portBase + 2, '/environment');
    expect(environment).toMatchObject({
      PORT: String(portBase + 2),
      NODE_ENV: 'production',
      RECIPE_DB_NAME: 'mealprep360_recipes',
      RECIPE_DB_URI: expect.stringMatching(/^mongodb:\/\/recipes:/) as string,
      REDIS_URL: expect.stringMatching(/^redis:\/\/recipes:/) as string,
      SIGNING_KEY_FILE: join(fake.data, 'keys', 'recipes.key.json'),
      USERS_URL: `http://127.0.0.1:${portBase + 1}/graphql`,
    });
    expect(environment).not.toHaveProperty('USER_DB_URI');
    expect(environment).not.toHaveProperty('USER_KEYS_MASTER_KEY_FILE');
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);

    const second = start();
    await untilReady();
    expect(await ask(portBase + 2, '/recipes')).toBe(0);
    expect(await ask(portBase + 2, '/environment')).toMatchObject({
      REDIS_URL: expect.stringContaining(
        new URL(String((environment as NodeJS.ProcessEnv)['REDIS_URL'])).password,
      ) as string,
    });
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);
  });

  it('starts again what is killed, on the same port, and run.json follows', async () => {
    const house = start();
    const before = await untilReady();
    for (const name of ['recipes', 'mongodb', 'redis']) {
      const find = (all: Run | undefined) => all?.processes.find(one => one.name === name);
      const old = find(before);
      process.kill(old?.pid ?? 0, 'SIGKILL');
      await expect.poll(() => find(run())?.pid, within).not.toBeOneOf([old?.pid, null]);
      expect(find(run())?.port).toBe(old?.port);
    }
    await expect.poll(() => ask(portBase + 2, '/recipes').catch(() => null), within).toBe(0);
    house.child.kill('SIGTERM');
    expect(await house.ended).toBe(0);
  });

  it('stops gateway, BFF, services, Redis and MongoDB in this order', async () => {
    const tardy = (name: string) => `
      import { appendFileSync } from 'node:fs';
      import { createServer } from 'node:http';
      createServer((_, response) => response.end('{"created":20,"present":0}')).listen(Number(process.env.PORT), '127.0.0.1');
      process.on('SIGTERM', () => setTimeout(() => {
        appendFileSync(${JSON.stringify(join(fake.root, 'order'))}, '${name} ');
        process.exit(0);
      }, 150));`;
    await fake.write('gateway', tardy('gateway'));
    await fake.write('bff', tardy('bff'));
    await fake.write('users', tardy('users'));
    const house = start();
    const { processes } = await untilReady();
    house.child.kill('SIGTERM');
    expect(await house.ended).toBe(0);
    expect(await readFile(join(fake.root, 'order'), 'utf8')).toBe('gateway bff users ');
    const log = (name: string) => readFile(processes.find(one => one.name === name)?.log ?? '', 'utf8');
    expect(await log('redis')).toMatch(/ready to exit/i);
    expect(await log('mongodb')).toMatch(/Shutting down/i);
  });

  it('has a MongoDB for each service with --isolate', async () => {
    start('--isolate');
    const now = await untilReady();
    expect(Object.keys(now.mongodb)).toEqual(['users', 'recipes']);
    expect(now.processes.map(({ name }) => name)).toEqual(expect.arrayContaining(['mongodb-users', 'mongodb-recipes']));
  });

  it('ends at once at the second signal, with nothing left', async () => {
    await fake.write(
      'users',
      `import { createServer } from 'node:http';
       createServer((_, response) => response.end('{}')).listen(Number(process.env.PORT), '127.0.0.1');
       process.on('SIGTERM', () => console.log('not yet'));`,
    );
    const house = start();
    const all = identities(await untilReady());
    house.child.kill('SIGINT');
    await expect.poll(() => readFile(join(fake.data, 'logs', 'users.log'), 'utf8'), within).toContain('not yet');
    // the same Ctrl-C arriving twice is not a second one: that takes half a second
    const again = setInterval(() => house.child.kill('SIGINT'), 100);
    expect(await house.ended).toBe(130);
    clearInterval(again);
    await expect.poll(() => all.filter(isRunning), within).toEqual([]);
  });

  it('does not outlive its launcher, and the next start takes the folder over', async () => {
    const house = start();
    const all = identities(await untilReady());
    house.child.kill('SIGKILL');
    expect(await house.ended).toBe('SIGKILL');
    await expect.poll(() => all.filter(isRunning), within).toEqual([]);
    const next = start();
    await expect.poll(() => run()?.processes.some(({ pid }) => all.some(one => one.pid === pid)), within).toBe(false);
    await untilReady();
    next.child.kill('SIGTERM');
    expect(await next.ended).toBe(0);
  });

  it('can be stopped while it starts', async () => {
    await fake.write('users', 'setInterval(() => {}, 1000);');
    const house = start();
    await expect.poll(() => run()?.processes.length, within).toBe(6);
    const all = identities(run() ?? { ready: false, graph: '', bff: '', mongodb: '', redis: '', processes: [] });
    house.child.kill('SIGTERM');
    expect(await house.ended).toBe(0);
    expect(all.filter(isRunning)).toEqual([]);
  });
});

describe('a start that cannot be', () => {
  it('names the program that is missing', async () => {
    await rm(join(fake.root, 'subgraphs', 'users'), { recursive: true });
    const house = start();
    expect(await house.ended).toBe(1);
    const line = 'mealprep360: subgraphs/users/start.ts is missing, and supergraph.yaml asks for it.\n';
    expect(house.output()).toBe(line);
  });

  it('tells the last lines of the one to blame, and leaves nothing running', async () => {
    await fake.write('recipes', `console.log('connecting'); console.error('RECIPE_DB_URI: wrong'); process.exit(1);`);
    const house = start();
    expect(await house.ended).toBe(1);
    expect(house.output()).toContain('  recipes | connecting\n  recipes | RECIPE_DB_URI: wrong\n');
    const line = `mealprep360: recipes did not start (exit code 1). Its log: ${join(fake.data, 'logs', 'recipes.log')}\n`;
    expect(house.output()).toContain(line);
    expect(run()).toBeUndefined();
    const left = JSON.parse(await readFile(join(fake.data, 'processes.json'), 'utf8')) as ProcessIdentity[];
    expect(left).toEqual([]);
  });

  it('names the port that is in use', async () => {
    const other = createServer().listen(portBase + 2, '127.0.0.1');
    await once(other, 'listening');
    const house = start();
    expect(await house.ended).toBe(1);
    expect(house.output()).toBe(
      `mealprep360: port ${portBase + 2} (recipes) is in use: stop what uses it, or give another --port-base.\n`,
    );
    other.close();
  });

  it('names the process that uses the data folder, and leaves it alone', async () => {
    const first = start();
    await untilReady();
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toBe(
      `mealprep360: ${fake.data} is in use by process ${first.child.pid ?? 0}: stop that house, or give another --data.\n`,
    );
    expect(run()?.ready).toBe(true);
  });

  it('names the data folder that cannot be one', async () => {
    const house = start('--data', '/dev/null/data');
    expect(await house.ended).toBe(1);
    expect(house.output()).toMatch(/^mealprep360: \/dev\/null\/data is no folder: give another --data\.\n$/);
  });
});
