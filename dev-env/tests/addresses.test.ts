import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startServers } from '../src/fixture.ts';
import type { Servers } from '../src/fixture.ts';
import { startHouse } from '../src/house.ts';
import { freePortBase } from '../src/ports.ts';
import { fakeRoot } from './fake-house.ts';
import type { FakeRoot } from './fake-house.ts';

let servers: Servers;
let stop: () => Promise<void>;
let fake: FakeRoot;

beforeAll(async () => {
  ({ servers, stop } = await startServers());
  fake = await fakeRoot(['users']);
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await stop();
  await fake.remove();
});

const start = async (isolate = false) => {
  const { root, data } = fake;
  return startHouse({ root, data, portBase: await freePortBase(), production: true, isolate });
};

describe('servers at addresses in the environment', () => {
  it('are used as they are, with users of this house', async () => {
    vi.stubEnv('MONGODB_URI', servers.mongodb.admin);
    vi.stubEnv('REDIS_URL', servers.redis.admin);
    const house = await start();
    const run = house.run();
    expect(run?.processes.map(({ name }) => name)).toEqual(['users', 'bff', 'gateway']);
    expect(run?.mongodb).toBe(servers.mongodb.admin);
    const answer = await fetch(
      new URL(
        '/environment',
        house.graph.replace(/:(\d+)/, (_, port) => `:${Number(port) + 1}`),
      ),
    );
    const environment = (await answer.json()) as Record<string, string>;
    expect(environment['USER_DB_URI']).toContain(new URL(servers.mongodb.admin).host);
    expect(environment['USER_DB_URI']).not.toBe(servers.mongodb.services['users']);
    expect(environment['REDIS_URL']).toContain(new URL(servers.redis.admin).host);
    await house.stop();
  });

  it('cannot be one for each service', async () => {
    vi.stubEnv('MONGODB_URI', servers.mongodb.admin);
    await expect(start(true)).rejects.toThrow(/--isolate .* cannot use the one in MONGODB_URI/);
  });

  it('are refused when no users can be made there', async () => {
    vi.stubEnv('MONGODB_URI', servers.mongodb.services['recipes'] ?? '');
    vi.stubEnv('REDIS_URL', servers.redis.admin);
    await expect(start()).rejects.toThrow(
      /MONGODB_URI does not lead to a MongoDB where users can be made: not authorized/,
    );
    vi.stubEnv('MONGODB_URI', servers.mongodb.admin);
    vi.stubEnv('REDIS_URL', servers.redis.services['recipes'] ?? '');
    await expect(start()).rejects.toThrow(/REDIS_URL does not lead to a Redis where users can be made: NOPERM/);
  });
});
