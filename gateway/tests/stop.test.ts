import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { GatewayConfig } from '@mealprep360/service/config';
import { accessToken, ask, gatewayOver } from './small-house.ts';
import { twoRooms } from './two-rooms.ts';

const start = resolve(import.meta.dirname, '../start.ts');

let rooms: Awaited<ReturnType<typeof twoRooms>>;
let config: GatewayConfig;
let clean: () => Promise<void>;
let gateway: ChildProcess | undefined;

beforeEach(async () => {
  rooms = await twoRooms();
  const inProcess = await gatewayOver([rooms.users, rooms.recipes]);
  config = inProcess.config;
  clean = inProcess.stop;
});

afterEach(async () => {
  gateway?.kill('SIGKILL');
  await clean();
  await rooms.stop();
});

/** The gateway as a process of its own, with all that it logs. */
async function startProcess(change: Record<string, string> = {}) {
  const child = spawn(process.execPath, [start], {
    env: {
      APOLLO_TELEMETRY_DISABLED: 'true',
      PORT: '0',
      REDIS_URL: config.redisUrl,
      SIGNING_KEY_FILE: config.signingKeyFile,
      PUBLIC_KEYS_FILE: config.publicKeysFile,
      SUPERGRAPH_FILE: config.supergraphFile,
      ...change,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  gateway = child;
  const lines: Record<string, unknown>[] = [];
  const errors: string[] = [];
  child.stderr.on('data', (data: Buffer) => errors.push(data.toString()));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const listening = new Promise<number>(done => {
    createInterface(child.stdout).on('line', line => {
      const entry = JSON.parse(line) as Record<string, unknown>;
      lines.push(entry);
      if (entry.msg === 'listening') done(Number(entry.port));
    });
  });
  const port = await Promise.race([listening, exited.then(() => 0)]);
  return { child, url: `http://127.0.0.1:${port}/graphql`, exited, lines, errors };
}

test('SIGTERM in the midst of work loses no request, and ends with 0', async () => {
  const { child, url, exited } = await startProcess();
  const slow = ask(url, 'mutation { waitFor(ms: 4000) }');
  const answered: number[] = [];
  const lost: unknown[] = [];
  // As a balancer does: it uses its connection until an answer says that it is the last, and then goes elsewhere.
  const client = async () => {
    for (let told = false; !told;) {
      try {
        const { status, data, headers } = await ask(url, '{ people { displayName } recipe(id: "1") { name } }');
        answered.push(data?.recipe ? status : 0);
        told = headers.get('connection') === 'close';
      } catch (error) {
        lost.push((error as Error).cause);
        return;
      }
    }
  };
  const clients = Array.from({ length: 8 }, client);
  await expect.poll(() => answered.length).toBeGreaterThan(50);
  child.kill('SIGTERM');
  const [code] = await Promise.all([exited, ...clients]);
  expect(code).toBe(0);
  expect(lost).toEqual([]);
  expect(new Set(answered)).toEqual(new Set([200]));
  expect(await slow).toMatchObject({ data: { waitFor: 'done' } });
});

test('the log holds what happened by correlation id, and no token', async () => {
  const { child, url, exited, lines } = await startProcess();
  const token = await accessToken();
  await ask(url, 'query Mine { me { id } wrong }', {
    headers: { authorization: `Bearer ${token}`, 'x-correlation-id': 'find-me-2' },
  });
  child.kill('SIGTERM');
  await exited;
  const own = lines.filter(line => line.correlationId === 'find-me-2');
  expect(own).toContainEqual(expect.objectContaining({ msg: 'answered', operationName: 'Mine', operation: 'query' }));
  expect(own).toContainEqual(expect.objectContaining({ msg: 'the subgraph failed', subgraph: 'users' }));
  expect(JSON.stringify(lines)).not.toContain(token);
  expect(JSON.stringify(lines)).not.toMatch(/eyJ|example\.org/);
});

test('an address in the environment wins over the supergraph', async () => {
  const { url } = await startProcess({ USERS_URL: 'http://127.0.0.1:1/graphql' });
  const { data, errors } = await ask(url, '{ recipe(id: "1") { name author { displayName } } }');
  expect(data).toEqual({ recipe: { name: 'Recipe 1', author: { displayName: null } } });
  expect(errors[0]?.extensions).toEqual({ code: 'SERVICE_UNAVAILABLE', service: 'users' });
});

test('a supergraph that is missing is said in a line', async () => {
  const { exited, errors } = await startProcess({ SUPERGRAPH_FILE: 'nowhere.yaml' });
  expect(await exited).toBe(1);
  expect(errors.join('')).toBe(
    'gateway cannot start:\nSUPERGRAPH_FILE: nowhere.graphql cannot be read: run pnpm compose\n',
  );
});
