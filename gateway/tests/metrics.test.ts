import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, gatewayOver } from './small-house.ts';
import { twoRooms } from './two-rooms.ts';

let rooms: Awaited<ReturnType<typeof twoRooms>>;
beforeAll(async () => {
  rooms = await twoRooms();
});
afterAll(() => rooms.stop());

const subgraphs = () => [rooms.users, rooms.recipes];
const look = (url: string) => fetch(new URL('/metrics', url));

test('operations are counted by type and outcome, and a subgraph that is down is marked', async () => {
  const gateway = await gatewayOver(subgraphs());
  try {
    await ask(gateway.url, '{ __typename }');
    await ask(gateway.url, '{ __typename }');
    await ask(gateway.url, '{ nothingOfTheKind }');
    const response = await look(gateway.url);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=/);
    const text = await response.text();
    expect(text).toContain('mealprep360_gateway_operations_total{type="query",outcome="ok"} 2\n');
    expect(text).toContain('mealprep360_gateway_operations_total{type="none",outcome="error"} 1\n');
    expect(text).toContain('mealprep360_gateway_operation_seconds_count{type="query"} 2\n');
    expect(text).toContain('mealprep360_gateway_subgraph_down{subgraph="recipes"} 0\n');
    expect(text).toMatch(/^process_cpu_seconds_total [\d.]+$/m);
  } finally {
    await gateway.stop();
  }
});

test('in production the public port has none of it; a port of its own has', async () => {
  const gateway = await gatewayOver(subgraphs(), { production: true });
  expect((await look(gateway.url)).status).toBe(404);
  const metricsPort = gateway.port;
  await gateway.stop();
  const other = await gatewayOver(subgraphs(), { production: true, metricsPort });
  try {
    expect((await look(other.url)).status).toBe(404);
    const aside = await look(`http://127.0.0.1:${metricsPort}`);
    expect([aside.status, await aside.text()]).toEqual([200, expect.stringContaining('mealprep360_gateway')]);
    expect((await fetch(`http://127.0.0.1:${metricsPort}/graphql`)).status).toBe(404);
  } finally {
    await other.stop();
  }
});
