import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBff, type RunningBff } from '../src/bff.ts';
import { standInGateway, type StandInGateway } from './stand-in-gateway.ts';

let gateway: StandInGateway;
let bff: RunningBff;

const frontend = 'https://app.mealprep360.example';
const start = (production: boolean) =>
  startBff({
    production,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    corsOrigins: [frontend],
    gatewayUrl: gateway.url,
  });

beforeAll(async () => {
  gateway = await standInGateway();
  gateway.replies({ body: { data: { user: null, todaysMeals: null, shoppingList: null } } });
  bff = await start(true);
});
beforeEach(() => {
  gateway.asked.length = 0;
});
afterAll(async () => {
  await bff.stop();
  await gateway.stop();
});

/** Sends bytes as they are, and resolves with all that came back until the door closed the connection. */
async function send(bytes: string): Promise<{ status: number; headers: string; body: string }> {
  const socket = connect(bff.port, '127.0.0.1');
  socket.write(bytes);
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  await once(socket, 'close');
  const [headers = '', body = ''] = answer.split('\r\n\r\n');
  return { status: Number(headers.split(' ')[1]), headers, body };
}

const request = (path: string, ...headers: string[]) =>
  [`GET ${path} HTTP/1.1`, 'host: bff', 'connection: close', ...headers, '', ''].join('\r\n');
const token = 'authorization: Bearer token';

describe('a request that makes no sense', () => {
  it.each([
    ['a path that cannot be decoded', request('/%E0%A4%A', token), 404, 'NOT_FOUND'],
    ['a parameter given twice', request('/mobile/home?day=1&day=2', token), 400, 'UNKNOWN_PARAMETER'],
    ['a parameter that cannot be decoded', request('/mobile/home?%E0%A4%A', token), 400, 'UNKNOWN_PARAMETER'],
    ['a parameter that every object has', request('/mobile/home?__proto__=1', token), 400, 'UNKNOWN_PARAMETER'],
    ['a parameter without a name', request('/mobile/home?=1', token), 400, 'UNKNOWN_PARAMETER'],
    ['a parameter of the page', request('/?screen=1'), 400, 'UNKNOWN_PARAMETER'],
    ['a parameter of the description', request('/openapi.json?screen=1'), 400, 'UNKNOWN_PARAMETER'],
    ['another way to sign in', request('/mobile/home', 'authorization: Basic YTpi'), 401, 'UNAUTHENTICATED'],
    ['a token that is empty', request('/mobile/home', 'authorization: Bearer '), 401, 'UNAUTHENTICATED'],
    ['headers of 20 KB', request('/mobile/home', token, `x: ${'x'.repeat(20_000)}`), 431, 'HEADERS_TOO_LARGE'],
    ['an address of 20 KB', request(`/mobile/home?${'x'.repeat(20_000)}`, token), 431, 'HEADERS_TOO_LARGE'],
    ['bytes that are no HTTP', 'HELLO\r\n\r\n', 400, 'MALFORMED_REQUEST'],
  ])('is answered as a problem, and the gateway is not asked: %s', async (_, bytes, status, code) => {
    const answer = await send(bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers.toLowerCase()).toContain('content-type: application/problem+json; charset=utf-8');
    expect(JSON.parse(answer.body)).toMatchObject({ type: 'about:blank', status, code });
    expect(gateway.asked).toEqual([]);
  });

  it('leaves the others alone: 200 at once are each answered with their own token', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `token-${index}`);
    const answers = await Promise.all(
      names.map(name => fetch(`${bff.url}/mobile/home`, { headers: { authorization: `Bearer ${name}` } })),
    );
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
    expect(gateway.asked.map(({ headers }) => headers.authorization).sort()).toEqual(
      names.map(name => `Bearer ${name}`).sort(),
    );
  });
});

describe('a page of another origin', () => {
  const preflight = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' };
  const from = (origin: string, method = 'GET', door = bff) =>
    fetch(`${door.url}/mobile/home`, {
      method,
      headers: { origin, ...(method === 'OPTIONS' ? preflight : { authorization: 'Bearer token' }) },
    });

  it('may use the screens and read the tag when it is a named one', async () => {
    const asked = await from(frontend, 'OPTIONS');
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(frontend);
    expect(asked.headers.get('access-control-allow-methods')).toBe('GET, HEAD');
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization, if-none-match');
    const answer = await from(frontend);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(frontend);
    expect(answer.headers.get('access-control-expose-headers')).toContain('etag');
    expect(answer.headers.get('vary')).toBe('Origin, Authorization');
  });

  it('may read problems as well', async () => {
    const answer = await fetch(`${bff.url}/mobile/home`, { headers: { origin: frontend } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe(frontend);
  });

  it('is not let in when nobody named it, nor one of this machine in production', async () => {
    for (const origin of ['https://elsewhere.example', 'http://localhost:3000', 'null']) {
      expect((await from(origin)).headers.get('access-control-allow-origin')).toBeNull();
      expect((await from(origin, 'OPTIONS')).status).toBe(405);
    }
    const atHome = await start(false);
    expect((await from('http://localhost:3000', 'OPTIONS', atHome)).status).toBe(204);
    await atHome.stop();
  });
});
