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
  test('loses its own fields only, at once, and says which service it was and where', async () => {
    await askEverything();
    await rooms.users.stop();
    const answer = await askEverything();
    await rooms.users.restart();
    expect(answer.data).toEqual(withoutUsers);
    expect(answer.took).toBeLessThan(1000);
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

  test('is used again soon after it is back', async () => {
    await rooms.users.stop();
    for (let time = 0; time < 3; time += 1) await askEverything();
    await rooms.users.restart();
    await expect.poll(async () => (await askEverything()).errors, { timeout: 3000 }).toEqual([]);
  });

  test('and comes back between two queries costs nobody an error', async () => {
    await askEverything();
    await rooms.users.stop();
    await rooms.users.restart();
    expect((await askEverything()).errors).toEqual([]);
  });
});

describe('a subgraph that hangs', () => {
  test('costs 3 s, not 6 for two fetches in a row, then nothing, and is used again when it is well', async () => {
    const healthy = await askEverything();
    rooms.users.manners.hangs = true;
    const first = await askEverything();
    expect(first.took).toBeGreaterThan(2900);
    expect(first.took).toBeLessThan(3500);
    expect(first.data).toEqual(withoutUsers);
    expect(codes(first)).toContain('SERVICE_TIMEOUT');
    const second = await askEverything();
    expect(second.took).toBeLessThan(healthy.took + 100);
    expect(second.data).toEqual(withoutUsers);
    expect(codes(second)).toEqual(['SERVICE_UNAVAILABLE']);
    rooms.users.manners.hangs = false;
    await expect.poll(async () => (await askEverything()).errors, { timeout: 3000 }).toEqual([]);
  });

  test('is given up for a mutation after 3 s, too', async () => {
    rooms.users.manners.hangs = true;
    const answer = await ask(gateway.url, 'mutation { waitFor(ms: 10) }');
    expect(answer.took).toBeLessThan(3500);
    expect(answer.errors).toMatchObject([{ message: 'The users service did not answer in time.' }]);
  });
});

describe('a subgraph that is well', () => {
  test('may take its time for a mutation, up to 8 s', async () => {
    const [long, tooLong] = await Promise.all([
      ask(gateway.url, 'mutation { waitFor(ms: 5000) }'),
      ask(gateway.url, 'mutation { waitFor(ms: 9000) }'),
    ]);
    expect(long).toMatchObject({ data: { waitFor: 'done' }, errors: [] });
    expect(tooLong.took).toBeGreaterThan(7900);
    expect(tooLong.took).toBeLessThan(8500);
    expect(codes(tooLong)).toEqual(['SERVICE_TIMEOUT']);
    expect((await ask(gateway.url, '{ people { displayName } }')).errors).toEqual([]);
  });
});

describe('a subgraph whose database hangs', () => {
  test('is not waited for again, until its database is healthy', async () => {
    rooms.users.manners.database = 'unhealthy';
    const slow = await ask(gateway.url, '{ unavailable }');
    expect(slow.took).toBeGreaterThan(1000);
    expect(slow.errors[0]?.extensions).toEqual({ code: 'SERVICE_UNAVAILABLE', service: 'users' });
    await expect.poll(async () => (await ask(gateway.url, '{ unavailable }')).took).toBeLessThan(100);
    rooms.users.manners.database = 'healthy';
    await expect.poll(async () => (await askEverything()).errors, { timeout: 3000 }).toEqual([]);
  });
});
