import type { GatewayConfig } from '@mealprep360/service/config';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGateway, type RunningGateway } from '../src/gateway.ts';
import { ask, gatewayOver } from './small-house.ts';
import { twoRooms } from './two-rooms.ts';

let rooms: Awaited<ReturnType<typeof twoRooms>>;
let gateway: RunningGateway & { config: GatewayConfig };

beforeAll(async () => {
  rooms = await twoRooms();
  gateway = await gatewayOver([rooms.users, rooms.recipes]);
});

afterAll(async () => {
  await gateway.stop();
  await rooms.stop();
});

test('GraphiQL and all that it needs come from the gateway itself', async () => {
  const page = await fetch(new URL('/graphiql', gateway.url));
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  const parts = [...(await page.text()).matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)].map(
    ([, address]) => address ?? '',
  );
  expect(parts.toSorted()).toEqual(
    ['graphiql.css', 'graphiql.js', 'react-dom.js', 'react.js', 'start.js'].map(file => `/graphiql/${file}`),
  );
  for (const part of parts) {
    const { status, headers } = await fetch(new URL(part, gateway.url));
    const type = part.endsWith('.css') ? 'text/css' : 'text/javascript';
    expect([part, status, headers.get('content-type')]).toEqual([part, 200, `${type}; charset=utf-8`]);
  }
});

test('Sandbox is told to send no telemetry and no cookies', async () => {
  const page = await (await fetch(gateway.url, { headers: { accept: 'text/html' } })).text();
  expect(page).toContain('embeddable-sandbox');
  expect(page).toMatch(/runTelemetry"?:\s*false/);
  expect(page).not.toMatch(/includeCookies"?:\s*true/);
});

test("GraphiQL's first query fits the graph of the house", async () => {
  const script = await (await fetch(new URL('/graphiql/start.js', gateway.url))).text();
  const query = /const welcome = `([^`]+)`/.exec(script)?.[1] ?? '';
  const nowhere = { users: 'http://127.0.0.1:1', recipes: 'http://127.0.0.1:1' };
  const supergraphFile = resolve(import.meta.dirname, '../../supergraph.yaml');
  const house = await startGateway({ ...gateway.config, supergraphFile, subgraphUrls: nowhere });
  const { errors } = await ask(house.url, query);
  await house.stop();
  expect(errors.map(error => error.extensions)).toEqual([{ code: 'SERVICE_UNAVAILABLE', service: 'recipes' }]);
});
