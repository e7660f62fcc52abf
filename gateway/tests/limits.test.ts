import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningGateway } from '../src/gateway.ts';
import { ask, gatewayOver } from './small-house.ts';
import { twoRooms } from './two-rooms.ts';

let rooms: Awaited<ReturnType<typeof twoRooms>>;
let gateway: RunningGateway;
let production: RunningGateway;

beforeAll(async () => {
  rooms = await twoRooms();
  gateway = await gatewayOver([rooms.users, rooms.recipes]);
  production = await gatewayOver([rooms.users, rooms.recipes], { production: true });
});

afterAll(async () => {
  await Promise.all([gateway.stop(), production.stop()]);
  await rooms.stop();
});

const nested = (levels: number, field: string, leaf: string): string =>
  `${`${field} { `.repeat(levels)}${leaf}${' }'.repeat(levels)}`;
const refusal = async (query: string, variables: Record<string, unknown> = {}) => {
  const { status, errors } = await ask(gateway.url, query, { variables });
  return [status, errors[0]?.extensions.code];
};

describe('an operation', () => {
  test('may be 15 levels deep, also through fragments', async () => {
    // recipe > author > recipes > nodes > author …: 15 levels, then 16
    const deep = (leaf: string) =>
      `{ ${nested(4, 'me { recipes(first: 1) { nodes { author', leaf)}${' } } }'.repeat(4)} }`;
    expect(await refusal(deep('id'))).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    const chain = (levels: number) =>
      `{ recipe(id: 1) { ${nested(levels, 'author { recipes(first: 1) { nodes', 'id')}${' } }'.repeat(levels)} } }`;
    expect(await refusal(chain(4))).toEqual([200, undefined]);
    expect(await refusal(chain(5))).toEqual([400, 'OPERATION_TOO_DEEP']);
    const fragments = `{ recipe(id: 1) { ...A } } fragment A on Recipe { ${nested(5, 'author { recipes(first: 1) { nodes', 'id')}${' } }'.repeat(5)} }`;
    expect(await refusal(fragments)).toEqual([400, 'OPERATION_TOO_DEEP']);
  });

  test.each([
    [
      'pages within pages',
      '{ recipes(first: 100) { nodes { author { recipes(first: 100) { nodes { id name } } } } } }',
      {},
    ],
    [
      'page sizes in variables',
      'query ($n: Int) { recipes(first: $n) { nodes { author { recipes(first: $n) { nodes { id name } } } } } }',
      { n: 100 },
    ],
    [
      'page sizes that are out of all range',
      '{ recipes(first: 1000000) { nodes { author { recipes(first: 1000000) { nodes { id name } } } } } }',
      {},
    ],
    [
      'aliases',
      `{ ${Array.from({ length: 160 }, (_, at) => `a${at}: recipes(first: 100) { nodes { id name } }`).join(' ')} }`,
      {},
    ],
    [
      'fragments that double each time',
      `{ recipe(id: 1) { ...F0 } } ${Array.from({ length: 15 }, (_, at) => `fragment F${at} on Recipe { ...F${at + 1} ...F${at + 1} }`).join(' ')} fragment F15 on Recipe { id }`,
      {},
    ],
  ])('with %s is too costly', async (_, query, variables) => {
    expect(await refusal(query, variables)).toEqual([400, 'OPERATION_TOO_COSTLY']);
  });

  test('with pages of a usual size within pages is fine', async () => {
    const query =
      '{ people { recipes(first: 20) { nodes { id name ingredients { food amount } author { displayName } } } } }';
    expect(await refusal(query)).toEqual([200, undefined]);
  });

  test('may hold ten mutations at most', async () => {
    const mutations = (count: number) =>
      `mutation { ${Array.from({ length: count }, (_, at) => `m${at}: waitFor(ms: 0)`).join(' ')} }`;
    expect(await refusal(mutations(10))).toEqual([200, undefined]);
    expect(await refusal(mutations(11))).toEqual([400, 'TOO_MANY_MUTATIONS']);
  });

  test('hides no mutations in fragments', async () => {
    const hidden = `mutation { ...M } fragment M on Mutation { ${Array.from({ length: 11 }, (_, at) => `m${at}: waitFor(ms: 0)`).join(' ')} }`;
    expect(await refusal(hidden)).toEqual([400, 'TOO_MANY_MUTATIONS']);
  });

  test('of a hostile length is read up to its 5000th word, and no further', async () => {
    const before = rooms.users.heard.length;
    const { status, errors } = await ask(gateway.url, `{ ${'me{id}'.repeat(100_000)} }`);
    expect(status).toBe(400);
    expect(errors).toMatchObject([{ message: expect.stringContaining('5000 tokens') }]);
    expect(rooms.users.heard).toHaveLength(before);
    const column = errors[0]?.locations?.[0]?.column ?? Infinity;
    expect(`{ ${'me{id}'.repeat(100_000)}`.slice(0, column - 1).match(/\w+|[{}]/g)).toHaveLength(5000);
  });

  test('of as many words as are allowed is answered, and its subgraph is asked once', async () => {
    const before = rooms.recipes.heard.length;
    const names = Array.from({ length: 1660 }, (_, at) => `id${at}`);
    const query = `{ recipe(id: 1) { ${names.map(name => `${name}: id`).join(' ')} } }`;
    const { data, errors } = await ask(gateway.url, query);
    const recipe = Object.fromEntries(names.map(name => [name, '1']));
    expect({ data, errors }).toEqual({ data: { recipe }, errors: [] });
    expect(rooms.recipes.heard).toHaveLength(before + 1);
  });

  test('that says one field thousands of times is refused before each is compared with each', async () => {
    const before = rooms.recipes.heard.length;
    expect(await refusal(`{ recipe(id: 1) { ${'id '.repeat(4900)} } }`)).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    expect(rooms.recipes.heard).toHaveLength(before);
  });

  test('comes alone: a batch is refused', async () => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ me { id } }' }, { query: '{ me { id } }' }]),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('batching');
  });
});

describe('browsers', () => {
  test('a form of another site cannot ask', async () => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{}',
    });
    expect(response.status).toBe(400);
    const simple = await fetch(`${gateway.url}?query={me{id}}`);
    expect(simple.status).toBe(400);
    expect(await simple.text()).toContain('CSRF');
  });

  test('a page of this machine may, another one not', async () => {
    const preflight = (url: string, origin: string) => fetch(url, { method: 'OPTIONS', headers: { origin } });
    const local = await preflight(gateway.url, 'http://localhost:5173');
    expect([local.status, local.headers.get('access-control-allow-origin')]).toEqual([204, 'http://localhost:5173']);
    expect(local.headers.get('access-control-allow-headers')).toContain('authorization');
    const foreign = await preflight(gateway.url, 'http://localhost.example.org');
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    const closed = await preflight(production.url, 'http://localhost:5173');
    expect(closed.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('in production', () => {
  test('the schema is not told: no introspection, no suggestions', async () => {
    expect((await ask(gateway.url, getIntrospectionQuery())).errors).toEqual([]);
    const { status, data } = await ask(production.url, getIntrospectionQuery());
    expect([status, data]).toEqual([400, undefined]);
    expect((await ask(gateway.url, '{ peopel { id } }')).text).toContain('Did you mean');
    expect((await ask(production.url, '{ peopel { id } }')).text).not.toContain('Did you mean');
  });

  test('there is no IDE', async () => {
    const look = async (base: string, path: string) => {
      const response = await fetch(new URL(path, base), { headers: { accept: 'text/html' } });
      return [response.status, (await response.text()).includes('<html')];
    };
    expect(await look(gateway.url, '/')).toEqual([200, true]);
    expect(await look(gateway.url, '/graphql')).toEqual([200, true]);
    expect(await look(gateway.url, '/graphiql')).toEqual([200, true]);
    expect(await look(production.url, '/')).toEqual([400, false]);
    expect(await look(production.url, '/graphiql')).toEqual([404, false]);
  });
});
