import { startHouse, type House } from '@mealprep360/dev-env/house';
import { freePortBase } from '@mealprep360/dev-env/ports';
import { readRooms } from '@mealprep360/dev-env/rooms';
import { getNamedType, isLeafType, isObjectType, type GraphQLNamedType } from 'graphql';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSchema } from '../../bench/src/commands/list-fields.ts';
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
  house = await startHouse({ portBase: await freePortBase(20), data, isolate: true });
  person = await signUp(house.graph, 'Ana', 'Europe/Berlin');
}, 240_000);

afterAll(async () => {
  await house.stop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);

const rooms = (await readRooms(process.cwd())).map(({ name }) => name);
const reads = Object.fromEntries(rooms.map(name => [name, readOf(name)]));

/** What a service alone answers, from its database: the first field that it has of the viewer. */
function readOf(name: string): string {
  const fieldsOf = (type: GraphQLNamedType | undefined) => (isObjectType(type) ? Object.values(type.getFields()) : []);
  const own = fieldsOf(readSchema(name).getType('User')).find(field => field.name !== 'id');
  if (own === undefined) throw new Error(`${name} has no field of User that tells whether its database answers`);
  const leaf = fieldsOf(getNamedType(own.type)).find(({ type }) => isLeafType(getNamedType(type)));
  return `me { ${own.name} ${leaf ? `{ ${leaf.name} }` : ''} }`;
}

describe('each service has a database of its own', () => {
  it('all are healthy, by name', async () => {
    await expect.poll(sick, { timeout: 20_000 }).toEqual([]);
    const { overall, services } = await health();
    expect(overall).toBe('healthy');
    expect(services.map(({ service }) => service).sort()).toEqual([...rooms].sort());
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
