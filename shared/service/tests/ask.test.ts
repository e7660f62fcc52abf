import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { askBy, Unanswered, type Ask } from '../src/ask.ts';
import { loadKeys } from '../src/tokens.ts';

type Behaviour = 'answers' | 'refuses' | 'breaks off' | 'hangs' | 'says no JSON';

let server: Server;
let ask: Ask;
let behaviour: Behaviour;
const connections = new Set<Socket>();
const asked: { path: string | undefined; body: string; authorization: string | undefined }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then(body => {
      asked.push({ path: request.url, body, authorization: request.headers.authorization });
      if (behaviour === 'answers') response.end('{"heads":[1]}');
      else if (behaviour === 'refuses') response.writeHead(403).end('{}');
      else if (behaviour === 'says no JSON') response.end('<html>');
      else if (behaviour === 'breaks off') response.write('{"heads":', () => request.socket.destroy());
    });
  });
  server.on('connection', (socket: Socket) => connections.add(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { keys } = inject('servers');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ask = askBy(await loadKeys(keys.signing.shopping ?? '', keys.public), { recipes: `${origin}/graphql` }, 300);
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

describe('a service that asks another', () => {
  it('sends what it asks to the internal route, with its token, and is given the answer', async () => {
    behaviour = 'answers';
    expect(await ask('recipes', '/internal/events/heads', { of: 'all' })).toEqual({ heads: [1] });
    expect(asked).toMatchObject([{ path: '/internal/events/heads', body: '{"of":"all"}' }]);
    expect(asked[0]?.authorization).toMatch(/^Bearer \S+\.\S+\.\S+$/);
  });

  it('keeps its connection, and does not need it to last', async () => {
    behaviour = 'answers';
    await ask('recipes', '/a');
    const before = connections.size;
    await ask('recipes', '/b');
    expect(connections.size).toBe(before);
    server.closeIdleConnections();
    await expect.poll(() => [...connections].every(({ destroyed }) => destroyed)).toBe(true);
    expect(await ask('recipes', '/c')).toEqual({ heads: [1] });
  });

  it.each<Behaviour>(['refuses', 'says no JSON', 'breaks off', 'hangs'])(
    'is told that it has no answer when the other one %s',
    async how => {
      behaviour = how;
      await expect(ask('recipes', '/internal/events/heads')).rejects.toThrow(Unanswered);
      expect(asked).toHaveLength(1);
    },
  );

  it('is told so when there is nobody, or no address', async () => {
    const { keys } = inject('servers');
    const mine = await loadKeys(keys.signing.shopping ?? '', keys.public);
    await expect(askBy(mine, { recipes: 'http://127.0.0.1:1/graphql' })('recipes', '/a')).rejects.toThrow(Unanswered);
    await expect(ask('drinks', '/a')).rejects.toThrow('the address of drinks is not known');
  });
});
