import type { ApolloServerPlugin } from '@apollo/server';
import { processMetrics } from '@mealprep360/service/metrics';
import type { Express } from 'express';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SubgraphLink } from './subgraph-link.ts';

/** What the gateway counts as it goes. */
export interface GatewayMetrics {
  plugin: ApolloServerPlugin;
  /** GET /metrics */
  route: (app: Express) => void;
}

/** Operations by type and outcome (ok; partial: data with errors; error: no data), their times, and who is down. */
export function gatewayMetrics(links: readonly SubgraphLink[]): GatewayMetrics {
  const registry = new Registry();
  const registers = [registry];
  const operations = new Counter({
    name: 'mealprep360_gateway_operations_total',
    help: 'Operations answered',
    labelNames: ['type', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'mealprep360_gateway_operation_seconds',
    help: 'From the request to its answer',
    labelNames: ['type'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const plugin: ApolloServerPlugin = {
    requestDidStart: () => {
      const started = performance.now();
      return Promise.resolve({
        willSendResponse: ({ operation, response }) => {
          // what cannot be read is no operation of any type
          const type = operation?.operation ?? 'none';
          operations.inc({ type, outcome: outcomeOf(response.body) });
          seconds.observe({ type }, (performance.now() - started) / 1000);
          return Promise.resolve();
        },
      });
    },
  };
  return {
    plugin,
    route: app => {
      app.get('/metrics', async (_, response) => {
        const now = Registry.merge([registry, processMetrics(new Registry()), breakersOf(links)]);
        response.type(now.contentType).send(await now.metrics());
      });
    },
  };
}

function breakersOf(links: readonly SubgraphLink[]): Registry {
  const registry = new Registry();
  const down = new Gauge({
    name: 'mealprep360_gateway_subgraph_down',
    help: 'Whether requests to the subgraph are not even tried',
    labelNames: ['subgraph'],
    registers: [registry],
  });
  for (const { name, isDown } of links) down.set({ subgraph: name }, isDown() ? 1 : 0);
  return registry;
}

type Body = { kind: 'single'; singleResult: { data?: unknown; errors?: readonly unknown[] } } | { kind: 'incremental' };

function outcomeOf(body: Body): 'ok' | 'partial' | 'error' {
  if (body.kind === 'incremental' || !body.singleResult.errors?.length) return 'ok';
  return body.singleResult.data ? 'partial' : 'error';
}
