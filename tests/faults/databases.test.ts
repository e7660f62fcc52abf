import { startHouse, type House } from '@mealprep360/dev-env/house';
import { ownRead } from '@mealprep360/dev-env/own-read';
import { freePortBase } from '@mealprep360/dev-env/ports';
import { readRooms } from '@mealprep360/dev-env/rooms';
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
  const response = await fetch(new URL('/health/databases', house.graph));
  return (await response.json()) as Health;
};
const sick = async () => (await health()).services.filter(({ healthy }) => !healthy).map(({ service }) => service);

beforeAll(async () => {
  house = await startHouse({ portBase: await freePortBase(), data, isolate: true });
  person = await signUp(house.graph, 'Ana', 'Europe/Berlin');
}, 240_000);

afterAll(async () => {
  await house.stop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);

const rooms = (await readRooms(process.cwd())).map(({ name }) => name);
const reads = Object.fromEntries(await Promise.all(rooms.map(async name => [name, await readOf(name)] as const)));

async function readOf(name: string): Promise<string> {
  const own = await ownRead(process.cwd(), name);
  if (own === undefined) throw new Error(`${name} has no field of User that tells whether its database answers`);
  return `me { ${own} }`;
}

describe('each service has a database of its own', () => {
  it('all are healthy, by name', async () => {
    await expect.poll(sick).toEqual([]);
    const { overall, services } = await health();
    expect(overall).toBe('healthy');
    expect(services.map(({ service }) => service).sort()).toEqual([...rooms].sort());
    expect(services.every(({ responseTime }) => typeof responseTime === 'number')).toBe(true);
  });

  it.each(['mealplans', 'users'])('the one of %s dies: health names it, and all others go on', async name => {
    house.hold(`mongodb-${name}`, 'SIGKILL');
    try {
      await expect.poll(sick).toEqual([name]);
      for (const [service, field] of Object.entries(reads).filter(([service]) => service !== name)) {
        const { data: answer, errors } = await person.send(`{ ${field} }`);
        expect({ service, errors }).toEqual({ service, errors: undefined });
        expect(answer).not.toBeNull();
      }
      const lost = await person.send(`{ ${reads[name] ?? ''} }`);
      expect(lost.errors?.map(error => error.extensions?.code)).toContain('SERVICE_UNAVAILABLE');
      expect(JSON.stringify(lost)).not.toMatch(/mongo|127\.0\.0\.1|ECONN|at .*\.ts/i);
    } finally {
      house.release(`mongodb-${name}`);
    }
    await expect.poll(sick, { timeout: 60_000 }).toEqual([]);
    // the gateway finds out by itself that it is back
    const errors = async () => (await person.send(`{ ${reads[name] ?? ''} }`)).errors;
    await expect.poll(errors).toBeUndefined();
  });

  it('a hung one is named while it hangs, and takes with it what that service owns, nothing else', async () => {
    house.kill('mongodb-shopping', 'SIGSTOP');
    try {
      await expect.poll(sick).toEqual(['shopping']);
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
