import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningGateway } from '../src/gateway.ts';
import { accessToken, ask, gatewayOver } from './small-house.ts';
import { driverMessage, twoRooms } from './two-rooms.ts';

let rooms: Awaited<ReturnType<typeof twoRooms>>;
let gateway: RunningGateway;

beforeAll(async () => {
  rooms = await twoRooms();
  gateway = await gatewayOver([rooms.users, rooms.recipes]);
});

afterAll(async () => {
  await gateway.stop();
  await rooms.stop();
});

describe('who asks', () => {
  test('nobody known is anonymous to every subgraph', async () => {
    const { data, status } = await ask(gateway.url, '{ me { id displayName recipes { totalCount } } }');
    expect({ data, status }).toEqual({ data: { me: null }, status: 200 });
  });

  test("a signed-in user's parts come from all subgraphs", async () => {
    const headers = { authorization: `Bearer ${await accessToken('1'.repeat(24))}` };
    const { data, errors } = await ask(gateway.url, '{ me { id displayName recipes { totalCount } } }', { headers });
    expect(errors).toEqual([]);
    expect(data).toEqual({
      me: { id: '1'.repeat(24), displayName: `Person ${'1'.repeat(24)}`, recipes: { totalCount: 1 } },
    });
  });

  test.each(['Bearer nonsense', 'Basic YTpi', 'Bearer', 'Bearer a b'])(
    '%s is refused with what to do',
    async authorization => {
      const { status, errors, data } = await ask(gateway.url, '{ me { id } }', { headers: { authorization } });
      expect(status).toBe(401);
      expect(data).toBeUndefined();
      expect(errors).toHaveLength(1);
      expect(errors[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
      expect(errors[0]?.message).toMatch(/sign in again|Bearer <access token>/);
    },
  );

  test('a token that a subgraph signed for another use is refused', async () => {
    rooms.users.heard.length = 0;
    await ask(gateway.url, '{ me { displayName } }');
    const viewerToken = String(rooms.users.heard[0]?.headers['x-viewer']);
    const { status } = await ask(gateway.url, '{ me { id } }', { headers: { authorization: `Bearer ${viewerToken}` } });
    expect(status).toBe(401);
  });
});

describe('what a subgraph is told', () => {
  const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  test("the client's ids and user agent arrive, its other headers do not", async () => {
    rooms.users.heard.length = 0;
    const { headers } = await ask(gateway.url, '{ me { displayName } }', {
      headers: {
        authorization: `Bearer ${await accessToken()}`,
        cookie: 'a=b',
        'x-correlation-id': 'order-12345',
        traceparent: trace,
        'user-agent': 'x'.repeat(300),
        'x-viewer': 'forged',
      },
    });
    const heard = rooms.users.heard[0]?.headers ?? {};
    expect(Object.keys(heard).toSorted()).toEqual(
      ['accept', 'connection', 'content-length', 'content-type', 'host', 'traceparent', 'x-client-user-agent'].concat([
        'x-correlation-id',
        'x-viewer',
      ]),
    );
    expect(heard).toMatchObject({ 'x-correlation-id': 'order-12345', traceparent: trace });
    expect(heard['x-client-user-agent']).toBe('x'.repeat(256));
    expect(headers.get('x-correlation-id')).toBe('order-12345');
  });

  test('ids that are missing or malformed are made anew', async () => {
    rooms.users.heard.length = 0;
    const { headers } = await ask(gateway.url, '{ me { displayName } }', {
      headers: { 'x-correlation-id': 'a b; DROP', traceparent: '00-zz' },
    });
    const heard = rooms.users.heard[0]?.headers ?? {};
    expect(heard['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(heard.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(headers.get('x-correlation-id')).toBe(heard['x-correlation-id']);
  });
});

describe('errors', () => {
  const secrets = /127\.0\.0\.1|E11000|example\.org|mealprep360_|stacktrace|node_modules|\.ts:|nginx|serviceName/;

  test('what a user can mend arrives with message, path, code and userErrors, and nothing else', async () => {
    const { errors, text } = await ask(gateway.url, '{ refused }');
    expect(errors).toEqual([
      {
        message: 'Give it a title.',
        path: ['refused'],
        extensions: {
          code: 'TITLE_EMPTY',
          userErrors: [{ code: 'TITLE_EMPTY', message: 'Give it a title.', path: ['title'] }],
        },
      },
    ]);
    expect(text).not.toMatch(/select \*|hint/);
  });

  test("a driver's message stays inside, and the other parts are answered", async () => {
    expect(driverMessage).toMatch(secrets);
    const query = '{ wrong people { displayName broken } }';
    const { errors, data, text, headers } = await ask(gateway.url, query, {
      headers: { 'x-correlation-id': 'find-me-1' },
    });
    expect(data).toMatchObject({ wrong: null, people: [{ displayName: 'Person 1', broken: null }, {}, {}] });
    expect(errors.map(error => error.path)).toContainEqual(['people', 1, 'broken']);
    for (const error of errors) {
      expect(error.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', correlationId: 'find-me-1' });
    }
    expect(headers.get('x-correlation-id')).toBe('find-me-1');
    expect(text).not.toMatch(secrets);
  });

  test("a proxy's error page stays inside", async () => {
    rooms.users.manners.status = 500;
    const { errors, text } = await ask(gateway.url, '{ wrong }');
    delete rooms.users.manners.status;
    expect(errors[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(text).not.toMatch(secrets);
  });

  test('a query that does not parse or fit says where', async () => {
    const unparsed = await ask(gateway.url, '{ me {');
    expect(unparsed.status).toBe(400);
    expect(unparsed.errors[0]?.extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
    const unknown = await ask(gateway.url, '{ nothing }');
    expect(unknown.status).toBe(400);
    expect(unknown.errors[0]).toMatchObject({
      message: 'Cannot query field "nothing" on type "Query".',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  });

  test('a body that is no JSON, or too large, is refused in one clear sentence', async () => {
    const post = (body: string) =>
      fetch(gateway.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const broken = await post('{"query": ');
    expect([broken.status, await broken.json()]).toEqual([
      400,
      { errors: [{ message: 'The request body cannot be read as JSON.', extensions: { code: 'BAD_REQUEST' } }] },
    ]);
    const large = await post(JSON.stringify({ query: '{ me { id } }', variables: { x: 'x'.repeat(1024 * 1024) } }));
    expect([large.status, await large.json()]).toEqual([
      413,
      { errors: [{ message: 'The request body is larger than 1 MiB.', extensions: { code: 'REQUEST_TOO_LARGE' } }] },
    ]);
  });
});
