import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunningGateway } from '../src/gateway.ts';
import { accessToken, ask, gatewayOver, type GraphQLAnswer } from './small-house.ts';
import { twoRooms } from './two-rooms.ts';

let rooms: Awaited<ReturnType<typeof twoRooms>>;
let gateway: RunningGateway;

beforeEach(async () => {
  rooms = await twoRooms();
  gateway = await gatewayOver([rooms.users, rooms.recipes]);
});

afterEach(async () => {
  rooms.users.manners.hangs = false;
  await gateway.stop();
  await rooms.stop();
});

const everything = '{ me { displayName recipes { totalCount } } recipe(id: "1") { name author { displayName } } }';
const askEverything = async (): Promise<GraphQLAnswer> =>
  ask(gateway.url, everything, { headers: { authorization: `Bearer ${await accessToken('1'.repeat(24))}` } });

const withoutUsers = {
  me: { displayName: null, recipes: { totalCount: 1 } },
  recipe: { name: 'Recipe 1', author: { displayName: null } },
};
const codes = (answer: GraphQLAnswer) => [...new Set(answer.errors.map(error => error.extensions.code))];

describe('a subgraph that died', () => {
  test('loses its own fields only, and says which service it was and where', async () => {
    await askEverything();
    await rooms.users.stop();
    const answer = await askEverything();
    await rooms.users.restart();
    expect(answer.data).toEqual(withoutUsers);
    expect(answer.errors).toContainEqual({
      message: 'The users service does not answer.',
      path: ['recipe', 'author'],
      extensions: { code: 'SERVICE_UNAVAILABLE', service: 'users' },
    });
    expect(codes(answer)).toEqual(['SERVICE_UNAVAILABLE']);
    expect(answer.text).not.toMatch(/ECONN|127\.0\.0\.1/);
  });

  test.each(['users', 'recipes'] as const)('takes neither me nor its id along: %s', async dead => {
    await rooms[dead].stop();
    const answer = await ask(gateway.url, '{ who: me { key: id displayName recipes { totalCount } } }', {
      headers: { authorization: `Bearer ${await accessToken('1'.repeat(24))}` },
    });
    await rooms[dead].restart();
    const whole = { key: '1'.repeat(24), displayName: expect.any(String), recipes: { totalCount: 1 } };
    expect(answer.data).toEqual({ who: { ...whole, [dead === 'users' ? 'displayName' : 'recipes']: null } });
    expect(codes(answer)).toEqual(['SERVICE_UNAVAILABLE']);
  });

  test('is used again by itself when it is back', async () => {
    await rooms.users.stop();
    for (let time = 0; time < 3; time += 1) await askEverything();
    await rooms.users.restart();
    await expect.poll(async () => (await askEverything()).errors).toEqual([]);
  });

  test('and comes back between two queries costs nobody an error', async () => {
    await askEverything();
    await rooms.users.stop();
    await rooms.users.restart();
    expect((await askEverything()).errors).toEqual([]);
  });
});

describe('a subgraph that hangs', () => {
  // it answers nothing that it heard, ever: without patience that ends, these tests would not end
  test('is answered without, is not asked again while it hangs, and is when it is well', async () => {
    rooms.users.manners.hangs = true;
    const first = await askEverything();
    expect(first.data).toEqual(withoutUsers);
    expect(codes(first)).toContain('SERVICE_TIMEOUT');
    const heard = rooms.users.heard.length;
    const second = await askEverything();
    expect(second.data).toEqual(withoutUsers);
    expect(codes(second)).toEqual(['SERVICE_UNAVAILABLE']);
    expect(rooms.users.heard).toHaveLength(heard);
    rooms.users.manners.hangs = false;
    await expect.poll(async () => (await ask(gateway.url, '{ people { displayName } }')).errors).toEqual([]);
    // and it was nobody's request that found out
    expect(rooms.users.heard).toHaveLength(heard + 1);
  });

  test('is given up for a mutation, too, before one is that is well', async () => {
    rooms.users.manners.hangs = true;
    const answered: GraphQLAnswer['errors'][] = [];
    const change = async (mutation: string) => {
      answered.push((await ask(gateway.url, `mutation { ${mutation} }`)).errors);
    };
    await Promise.all([change('cookFor(ms: 5000)'), change('waitFor(ms: 10)')]);
    expect(answered).toMatchObject([[{ message: 'The users service did not answer in time.' }], []]);
  });
});

describe('a subgraph that is well', () => {
  test('may take its time for a mutation, 5 s but not 9', async () => {
    const [long, tooLong] = await Promise.all([
      ask(gateway.url, 'mutation { waitFor(ms: 5000) }'),
      ask(gateway.url, 'mutation { waitFor(ms: 9000) }'),
    ]);
    expect(long).toMatchObject({ data: { waitFor: 'done' }, errors: [] });
    expect(codes(tooLong)).toEqual(['SERVICE_TIMEOUT']);
    expect((await ask(gateway.url, '{ people { displayName } }')).errors).toEqual([]);
  });
});

describe('a subgraph whose database hangs', () => {
  test('is soon not asked any more, until its database is healthy', async () => {
    rooms.users.manners.database = 'unhealthy';
    const askSlow = async () => {
      const before = rooms.users.heard.length;
      const { errors } = await ask(gateway.url, '{ unavailable }');
      expect(errors[0]?.extensions).toEqual({ code: 'SERVICE_UNAVAILABLE', service: 'users' });
      return rooms.users.heard.length - before;
    };
    expect(await askSlow()).toBe(1);
    await expect.poll(askSlow).toBe(0);
    expect(await askSlow()).toBe(0);
    rooms.users.manners.database = 'healthy';
    await expect.poll(async () => (await askEverything()).errors).toEqual([]);
  });
});
