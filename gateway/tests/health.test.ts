import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningGateway } from '../src/gateway.ts';
import { gatewayOver } from './small-house.ts';
import { twoRooms } from './two-rooms.ts';

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

async function look(path: string) {
  const response = await fetch(new URL(path, gateway.url));
  return { status: response.status, body: await response.json() };
}

test('a gateway that runs is live', async () => {
  expect(await look('/health/live')).toMatchObject({ status: 200, body: { live: true } });
});

test('it is ready when every subgraph is, and names those that are not', async () => {
  expect(await look('/health/ready')).toMatchObject({ status: 200, body: { ready: true, missing: [] } });
  rooms.recipes.manners.ready = false;
  expect(await look('/health/ready')).toMatchObject({ status: 503, body: { ready: false, missing: ['recipes'] } });
  rooms.recipes.manners.ready = true;
  expect(await look('/health/ready')).toMatchObject({ status: 200 });
});

test('healthy databases are listed with their response times', async () => {
  const { status, body } = await look('/health/databases');
  expect(status).toBe(200);
  expect(body).toEqual({
    overall: 'healthy',
    services: [
      { service: 'recipes', healthy: true, responseTime: 1.5 },
      { service: 'users', healthy: true, responseTime: 1.5 },
    ],
  });
});

test('a sick database is named, and a service that hangs does not hold up the answer', async () => {
  rooms.recipes.manners.database = 'unhealthy';
  // what it heard it never answers, not even later
  rooms.users.manners.hangs = true;
  const { status, body } = await look('/health/databases');
  rooms.recipes.manners.database = 'healthy';
  rooms.users.manners.hangs = false;
  expect(status).toBe(503);
  expect(body).toEqual({
    overall: 'unhealthy',
    services: [
      { service: 'recipes', healthy: false, responseTime: null },
      { service: 'users', healthy: false, responseTime: null },
    ],
  });
});
