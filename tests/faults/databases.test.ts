import { startHouse, type House } from '@mealprep360/dev-env/house';
import { freePortBase } from '@mealprep360/dev-env/ports';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp, type Client } from '../journeys/client.ts';

let house: House;
let person: Client;
const data = mkdtempSync(join(tmpdir(), 'mealprep360-isolated-'));

interface Health {
  overall: 'healthy' | 'unhealthy';
  services: { service: string; healthy: boolean; responseTime: number | null }[];
}

const health = async (): Promise<Health> => {
  const response = await fetch(new URL('/health/databases', house.graph), { signal: AbortSignal.timeout(2000) });
  return (await response.json()) as Health;
};
const sick = async () => (await health()).services.filter(({ healthy }) => !healthy).map(({ service }) => service);

beforeAll(async () => {
  house = await startHouse({ portBase: await freePortBase(11), data, isolate: true });
  person = await signUp(house.graph, 'Ana', 'Europe/Berlin');
}, 240_000);

afterAll(async () => {
  await house.stop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);

// One root field of each service that reads its database.
const reads: Record<string, string> = {
  users: 'me { email }',
  recipes: 'recipeCategories { name }',
  mealplans: 'me { mealPlans { totalCount } }',
  shopping: 'me { shoppingLists { totalCount } }',
  social: 'me { socialProfile { handle } }',
  blog: 'blogCategories { name }',
  notifications: 'me { unreadNotificationCount }',
};

describe('each service has a database of its own', () => {
  it('all are healthy, by name', async () => {
    await expect.poll(sick, { timeout: 20_000 }).toEqual([]);
    const { overall, services } = await health();
    expect(overall).toBe('healthy');
    expect(services.map(({ service }) => service).sort()).toEqual(Object.keys(reads).sort());
    expect(services.every(({ responseTime }) => typeof responseTime === 'number')).toBe(true);
  });

  it.each(['mealplans', 'users'])('the one of %s dies: health names it in time, and all others go on', async name => {
    house.kill(`mongodb-${name}`, 'SIGKILL');
    await expect.poll(sick, { timeout: 2000, interval: 100 }).toEqual([name]);
    for (const [service, field] of Object.entries(reads).filter(([service]) => service !== name)) {
      const { data: answer, errors } = await person.send(`{ ${field} }`);
      expect({ service, errors }).toEqual({ service, errors: undefined });
      expect(answer).not.toBeNull();
    }
    const lost = await person.send(`{ ${reads[name] ?? ''} }`);
    expect(lost.errors?.map(error => error.extensions?.code)).toContain('SERVICE_UNAVAILABLE');
    expect(JSON.stringify(lost)).not.toMatch(/mongo|127\.0\.0\.1|ECONN|at .*\.ts/i);
    await expect.poll(sick, { timeout: 60_000 }).toEqual([]);
    // (the gateway looks at a part that was away every half second)
    const errors = async () => (await person.send(`{ ${reads[name] ?? ''} }`)).errors;
    await expect.poll(errors, { timeout: 10_000 }).toBeUndefined();
  });

  it('a hung one is named in time too, and takes with it what that service owns, nothing else', async () => {
    house.kill('mongodb-shopping', 'SIGSTOP');
    try {
      await expect.poll(sick, { timeout: 4000, interval: 100 }).toEqual(['shopping']);
      const { data: answer, errors } = await person.send(
        '{ me { shoppingLists { totalCount } mealPlans { totalCount } } }',
      );
      expect(answer.me).toEqual({ shoppingLists: null, mealPlans: { totalCount: 0 } });
      expect(errors).toHaveLength(1);
    } finally {
      house.kill('mongodb-shopping', 'SIGCONT');
    }
    await expect.poll(sick, { timeout: 60_000 }).toEqual([]);
  });
});
