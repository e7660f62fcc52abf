import { once } from 'node:events';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { freePort } from '../../dev-env/src/ports.ts';
import { readRooms } from '../../dev-env/src/rooms.ts';
import { anonymous, loadKeys, signViewer } from '../../shared/service/src/tokens.ts';
import { endAll, environmentOf, roomEnvironment, startProcess, type StartedProcess } from './process.ts';

const servers: { close: () => void }[] = [];
afterEach(async () => {
  await endAll();
  for (const server of servers.splice(0)) server.close();
});

async function serve(listener: RequestListener, port = 0): Promise<Server> {
  const server = createServer(listener);
  servers.push({
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const portOf = (server: Server) => (server.address() as { port: number }).port;

const rooms = (await readRooms(process.cwd())).map(({ name }) => name);
const roomsAt = (port: number) =>
  Object.fromEntries(rooms.map(name => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${port}/graphql`]));

const readiness = async ({ url }: Pick<StartedProcess, 'url'>) => {
  const response = await fetch(`${url}/health/ready`);
  const { missing } = (await response.json()) as { missing: string[] };
  return { status: response.status, missing };
};
const ready = { status: 200, missing: [] };

/** A request of which half the body is on its way; `finish` sends the rest. */
function halfSent(url: string, headers: Record<string, string>) {
  const body = JSON.stringify({ query: '{ __typename }' });
  const sent = request(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': body.length, ...headers },
  });
  const answered = once(sent, 'response').then(([response]) => response as IncomingMessage);
  sent.write(body.slice(0, 10));
  return { answered, finish: () => void sent.end(body.slice(10)) };
}

/** A process of each kind, and a request to it that is under way until `finish`. */
const kinds = {
  subgraph: async () => {
    const process = await startProcess('subgraphs/blog/start.ts', roomEnvironment('blog', 'BLOG_DB_'));
    await expect.poll(() => readiness(process)).toEqual(ready);
    const { keys } = inject('servers');
    const viewer = await signViewer(await loadKeys(keys.signing['gateway'] ?? '', keys.public), 'blog', anonymous);
    return { process, ...halfSent(process.url, { 'x-viewer': viewer }) };
  },
  gateway: async () => {
    const process = await startProcess('gateway/start.ts', environmentOf('gateway'));
    return { process, ...halfSent(process.url, {}) };
  },
  bff: async () => {
    const held = Promise.withResolvers<undefined>();
    const gateway = await serve((_, response) => {
      void held.promise.then(() => {
        response.setHeader('content-type', 'application/json');
        response.end('{"data":{"user":null,"todaysMeals":null,"shoppingList":null}}');
      });
    });
    const asked = once(gateway, 'request');
    const process = await startProcess('bff/start.ts', { GATEWAY_URL: `http://127.0.0.1:${portOf(gateway)}/graphql` });
    const sent = request(`${process.url}/mobile/home`, { headers: { authorization: 'Bearer token' } });
    const answered = once(sent, 'response').then(([response]) => response as IncomingMessage);
    sent.end();
    await asked;
    return { process, answered, finish: () => held.resolve(undefined) };
  },
};

/** Uses one connection, as a balancer does, until an answer says that it is the last; resolves with all statuses. */
async function untilToldToGo(url: string, first: () => void): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const statuses: number[] = [];
  for (let told = false; !told;) {
    const sent = request(`${url}/health/live`, { agent });
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    statuses.push(response.statusCode ?? 0);
    told = response.headers.connection === 'close';
    first();
  }
  agent.destroy();
  return statuses;
}

const isRefused = (port: number) =>
  new Promise<boolean>(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(false);
    });
    socket.on('error', () => resolve(true));
  });

describe.each(Object.entries(kinds))('SIGTERM to a %s', (_, start) => {
  it('answers what is under way, loses no request, lets nobody in any more, and ends with 0', async () => {
    const { process, answered, finish } = await start();
    const used = Promise.withResolvers<undefined>();
    const kept = untilToldToGo(process.url, () => used.resolve(undefined));
    await used.promise;
    process.terminate();
    expect(new Set(await kept)).toEqual(new Set([200]));
    await expect.poll(() => isRefused(process.port)).toBe(true);
    finish();
    const response = await answered;
    expect([response.statusCode, response.headers.connection]).toEqual([200, 'close']);
    response.resume();
    expect(await process.ended).toBe(0);
    expect(process.errors()).toBe('');
  });
});

/** A way to a server that can be opened later. */
async function openWay(port: number, to: { hostname: string; port: string }): Promise<void> {
  const sockets = new Set<Socket>();
  const way = createTcpServer(client => {
    const server = connect(Number(to.port), to.hostname);
    for (const [from, into] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => into.destroy()).on('close', () => into.destroy());
      from.pipe(into);
    }
  });
  servers.push({
    close: () => {
      way.close();
      for (const socket of sockets) socket.destroy();
    },
  });
  way.listen(port, '127.0.0.1');
  await once(way, 'listening');
}

describe('started in any order', () => {
  it('a service is not ready before its database and Redis are there, says so, and then is by itself', async () => {
    const [database, redis] = [await freePort(), await freePort()];
    const env = roomEnvironment('blog', 'BLOG_DB_');
    const mongodbUrl = new URL(env['BLOG_DB_URI'] ?? '');
    const redisUrl = new URL(env['REDIS_URL'] ?? '');
    const elsewhere = (url: URL, port: number) => url.href.replace(url.host, `127.0.0.1:${port}`);
    const blog = await startProcess('subgraphs/blog/start.ts', {
      ...env,
      BLOG_DB_URI: elsewhere(mongodbUrl, database).replace('directConnection=false', 'directConnection=true'),
      REDIS_URL: elsewhere(redisUrl, redis),
    });
    expect(await readiness(blog)).toEqual({ status: 503, missing: ['database', 'events'] });
    await openWay(redis, redisUrl);
    await openWay(database, mongodbUrl);
    await expect.poll(() => readiness(blog)).toEqual(ready);
    blog.terminate();
    expect(await blog.ended).toBe(0);
  });

  it('the BFF waits for the gateway, and the gateway for the services, without a restart', async () => {
    const [gatewayPort, roomsPort] = [await freePort(), await freePort()];
    const bff = await startProcess('bff/start.ts', { GATEWAY_URL: `http://127.0.0.1:${gatewayPort}/graphql` });
    expect(await readiness(bff)).toEqual({ status: 503, missing: ['gateway'] });
    const env = { ...environmentOf('gateway'), ...roomsAt(roomsPort), PORT: String(gatewayPort) };
    const gateway = await startProcess('gateway/start.ts', env);
    await expect.poll(() => readiness(bff)).toEqual(ready);
    const { status, missing } = await readiness(gateway);
    expect([status, missing.toSorted()]).toEqual([503, rooms.toSorted()]);
    await serve((_, response) => void response.end('{"ready":true}'), roomsPort);
    await expect.poll(() => readiness(gateway)).toEqual(ready);
  });
});

describe('in production', () => {
  const production = { NODE_ENV: 'production' };

  it('the gateway shows no schema and no IDE', async () => {
    const { url } = await startProcess('gateway/start.ts', { ...environmentOf('gateway'), ...production });
    const ask = (query: string) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
    const { errors } = (await (await ask('{ __schema { types { name } } }')).json()) as { errors: unknown[] };
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    expect(await (await ask('{ mee { id } }')).text()).not.toContain('Did you mean');
    expect((await fetch(`${url}/graphiql`)).status).toBe(404);
    const page = await fetch(`${url}/`, { headers: { accept: 'text/html' } });
    expect(await page.text()).not.toMatch(/sandbox|<html/i);
  });

  it('a secret may be a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'secret-'));
    const { REDIS_URL = '', ...env } = environmentOf('gateway');
    writeFileSync(join(folder, 'redis-url'), `${REDIS_URL}\n`);
    const files = { REDIS_URL_FILE: join(folder, 'redis-url') };
    const gateway = await startProcess('gateway/start.ts', { ...env, ...production, ...files });
    rmSync(folder, { recursive: true });
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
  });

  it.each([
    ['gateway', 'gateway/start.ts', environmentOf, 'REDIS_URL', 'redis://gateway:changeme@127.0.0.1'],
    ['users', 'subgraphs/users/start.ts', environmentOf, 'USER_KEYS_MASTER_KEY', Buffer.alloc(32).toString('base64')],
    ['recipes', 'subgraphs/recipes/start.ts', environmentOf, 'RECIPE_DB_PASS', 'password'],
  ])('%s does not start with a placeholder for a secret', async (name, program, environment, variable, value) => {
    const refused = await startProcess(program, { ...environment(name), ...production, [variable]: value });
    expect(await refused.ended).toBe(1);
    expect(refused.errors()).toContain(`${name} cannot start:\n${variable}: `);
    expect(refused.errors()).toContain('is a placeholder');
  });
});
