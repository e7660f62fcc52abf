import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { expressMiddleware } from '@as-integrations/express5';
import type { GatewayConfig } from '@mealprep360/service/config';
import { listen, webServer } from '@mealprep360/service/http';
import { loadKeys, readViewer, signAccess, type Viewer } from '@mealprep360/service/tokens';
import express from 'express';
import { parse, type GraphQLFieldResolver } from 'graphql';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { compose } from '../src/compose.ts';
import { startGateway, type RunningGateway } from '../src/gateway.ts';
import { composedFile } from '../src/supergraph.ts';

/** What a resolver of a small subgraph is given. */
export interface SmallContext {
  viewer: Viewer;
  headers: IncomingHttpHeaders;
}

type SchemaModule = Required<Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>>;
type Resolvers = Record<string, Record<string, GraphQLFieldResolver<never, SmallContext>>>;

/** A real subgraph over HTTP, whose manners a test can change while it runs. */
export interface SmallSubgraph {
  name: string;
  typeDefs: string;
  url: string;
  port: number;
  manners: { hangs: boolean; database: 'healthy' | 'unhealthy'; ready: boolean; status?: number; revoked: string[] };
  /** GraphQL requests that arrived, newest last, whether they are answered or not */
  heard: { headers: IncomingHttpHeaders; query: string }[];
  stop: () => Promise<void>;
  restart: () => Promise<void>;
}

const keysOf = (signer: string) => {
  const { keys } = inject('servers');
  return loadKeys(keys.signing[signer] ?? '', keys.public);
};

/** An access token, as users signs it. */
export async function accessToken(userId = 'a'.repeat(24), sessionId: string = crypto.randomUUID()): Promise<string> {
  return signAccess(await keysOf('users'), { userId, sessionId, roles: ['USER'] });
}

export async function smallSubgraph(name: string, typeDefs: string, resolvers: Resolvers): Promise<SmallSubgraph> {
  const keys = await keysOf(name);
  const manners: SmallSubgraph['manners'] = { hangs: false, database: 'healthy', ready: true, revoked: [] };
  const heard: SmallSubgraph['heard'] = [];
  const start = async (port: number) => {
    const { app, server } = webServer();
    const apollo = new ApolloServer<SmallContext>({
      schema: buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers as SchemaModule['resolvers'] }),
      includeStacktraceInErrorResponses: true,
      plugins: [ApolloServerPluginInlineTraceDisabled()],
    });
    await apollo.start();
    app.use('/graphql', express.json(), (request, _response, next) => {
      heard.push({ headers: request.headers, query: (request.body as { query: string }).query });
      next();
    });
    app.use((_, response, next) => {
      if (manners.hangs) return;
      if (manners.status === undefined) next();
      else response.status(manners.status).send('<html>nginx on 10.0.0.7</html>');
    });
    app.get(
      '/health/ready',
      (_, response) => void response.status(manners.ready ? 200 : 503).json({ ready: manners.ready }),
    );
    app.get('/health/database', (_, response) => {
      const healthy = manners.database === 'healthy';
      response.status(healthy ? 200 : 503).json({ healthy, responseTime: healthy ? 1.5 : null });
    });
    app.post('/internal/sessions/revoked', (_, response) => void response.json({ revoked: manners.revoked }));
    app.use(
      '/graphql',
      expressMiddleware(apollo, {
        context: async ({ req }) => ({
          viewer: await readViewer(keys, name, req.get('x-viewer') ?? ''),
          headers: req.headers,
        }),
      }),
    );
    return { server, port: await listen(server, port, '127.0.0.1') };
  };
  let running = await start(0);
  const stop = async () => {
    const closed = new Promise(resolve => running.server.close(resolve));
    running.server.closeAllConnections();
    await closed;
  };
  return {
    name,
    typeDefs,
    url: `http://127.0.0.1:${running.port}/graphql`,
    port: running.port,
    manners,
    heard,
    stop,
    restart: async () => {
      running = await start(running.port);
    },
  };
}

/** A gateway over these subgraphs, composed as `pnpm compose` does it. */
export async function gatewayOver(
  subgraphs: readonly SmallSubgraph[],
  change: Partial<GatewayConfig> = {},
): Promise<RunningGateway & { config: GatewayConfig }> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const supergraphFile = join(folder, 'supergraph.yaml');
  const list = Object.fromEntries(
    subgraphs.map(({ name, url }) => [name, { routing_url: url, schema: { file: `./${name}.graphql` } }]),
  );
  await Promise.all(subgraphs.map(({ name, typeDefs }) => writeFile(join(folder, `${name}.graphql`), typeDefs)));
  await writeFile(supergraphFile, JSON.stringify({ federation_version: '=2.14.4', subgraphs: list }));
  const { sdl, problems } = await compose(supergraphFile);
  if (sdl === null) throw new Error(problems.join('\n'));
  await writeFile(composedFile(supergraphFile), sdl);
  const { keys, redis } = inject('servers');
  const config: GatewayConfig = {
    production: false,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    redisUrl: redis.services.gateway ?? '',
    signingKeyFile: keys.signing.gateway ?? '',
    publicKeysFile: keys.public,
    supergraphFile,
    corsOrigins: [],
    metricsPort: null,
    subgraphUrls: {},
    ...change,
  };
  const gateway = await startGateway(config);
  const stop = async () => {
    await gateway.stop();
    await rm(folder, { recursive: true });
  };
  return { ...gateway, stop, config };
}

export interface GraphQLAnswer {
  status: number;
  headers: Headers;
  /** the body as it came */
  text: string;
  data: Record<string, unknown> | null | undefined;
  errors: {
    message: string;
    locations?: { line: number; column: number }[];
    path?: (string | number)[];
    extensions: Record<string, unknown>;
  }[];
}

/** Sends one operation as a frontend does. */
export async function ask(
  url: string,
  query: string,
  more: { variables?: Record<string, unknown>; headers?: Record<string, string> } = {},
): Promise<GraphQLAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...more.headers },
    body: JSON.stringify({ query, variables: more.variables }),
  });
  const text = await response.text();
  const body = JSON.parse(text) as Pick<GraphQLAnswer, 'data'> & { errors?: GraphQLAnswer['errors'] };
  return { status: response.status, headers: response.headers, text, data: body.data, errors: body.errors ?? [] };
}
