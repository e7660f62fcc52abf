import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { expressMiddleware } from '@as-integrations/express5';
import { askBy } from '@mealprep360/service/ask';
import type { GatewayConfig } from '@mealprep360/service/config';
import { correlate, correlation } from '@mealprep360/service/correlation';
import { cors } from '@mealprep360/service/cors';
import { drainable } from '@mealprep360/service/drain';
import { listen, notFound, webServer } from '@mealprep360/service/http';
import { logger, type Logger } from '@mealprep360/service/logger';
import { loadKeys, type Keys } from '@mealprep360/service/tokens';
import express, { type Express } from 'express';
import type { Server } from 'node:http';
import { errorFormatter, httpErrors } from './errors.ts';
import { healthRoutes } from './health.ts';
import { identify } from './identity.ts';
import { limits, limitsPlugin } from './limits.ts';
import { gatewayMetrics, type GatewayMetrics } from './metrics.ts';
import { graphiqlPage } from './pages.ts';
import { revocations, type Revocations } from './revocations.ts';
import { openLink, type SubgraphLink } from './subgraph-link.ts';
import { subgraphSource, type GatewayContext } from './subgraph-source.ts';
import { readSupergraph, type Supergraph } from './supergraph.ts';

/** A gateway that runs: its address, and the way to stop it without losing a request. */
export interface RunningGateway {
  /** of the graph */
  url: string;
  port: number;
  /** Resolves within 10 s, when running requests are answered and all connections are closed. */
  stop: () => Promise<void>;
}

/** Starts the one public graph on the supergraph that `pnpm compose` wrote. Throws ConfigError. */
export async function startGateway(config: GatewayConfig): Promise<RunningGateway> {
  const log = logger('gateway', config.logLevel);
  const supergraph = await readSupergraph(config.supergraphFile, config.subgraphUrls);
  const keys = await loadKeys(config.signingKeyFile, config.publicKeysFile);
  const links = new Map(Object.entries(supergraph.urls).map(([name, url]) => [name, openLink(name, url, log)]));
  const sessions = endedSessions(config, supergraph, keys, links, log);
  const metrics = gatewayMetrics([...links.values()]);
  const apollo = apolloServer({ config, supergraph, keys, links, log, plugins: [metrics.plugin] });
  await apollo.start();

  const { app, server } = webServer();
  const drain = drainable(server, 9000);
  let stopping = false;
  healthRoutes(app, [...links.values()], () => stopping);
  if (!config.production) graphiqlPage(app);
  const aside = await metricsAside(config, metrics);
  if (aside === null && !config.production) metrics.route(app);
  mountGraph(app, config, apollo, keys, sessions);
  app.use(notFound, httpErrors(log));
  const port = await listen(server, config.port, config.host);
  log.info({ port, subgraphs: [...links.keys()] }, 'listening');
  return {
    url: `http://${config.host}:${port}/graphql`,
    port,
    stop: async () => {
      stopping = true;
      await drain();
      await apollo.stop();
      await Promise.all([...links.values()].map(link => link.close()));
      sessions.close();
      aside?.close();
      aside?.closeAllConnections();
      log.info('stopped');
    },
  };
}

/** PORT is public, and how busy the house is concerns nobody: a port of their own is for the machine that collects. */
async function metricsAside({ metricsPort, host }: GatewayConfig, metrics: GatewayMetrics): Promise<Server | null> {
  if (metricsPort === null) return null;
  const { app, server } = webServer();
  metrics.route(app);
  app.use(notFound);
  await listen(server, metricsPort, host);
  return server;
}

function endedSessions(
  config: GatewayConfig,
  { urls }: Supergraph,
  keys: Keys,
  links: ReadonlyMap<string, SubgraphLink>,
  log: Logger,
): Revocations {
  const ask = askBy(keys, urls, 500);
  const askUsers = () =>
    links.get('users')?.isDown() === false
      ? ask('users', '/internal/sessions/revoked')
      : Promise.reject(new Error('users is down'));
  return revocations(config.redisUrl, askUsers, log);
}

interface Parts {
  config: GatewayConfig;
  supergraph: Supergraph;
  keys: Keys;
  links: ReadonlyMap<string, SubgraphLink>;
  log: Logger;
  plugins: readonly ApolloServerPlugin[];
}

function apolloServer({ config, supergraph, keys, links, log, plugins }: Parts): ApolloServer<GatewayContext> {
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph.sdl,
    logger: log,
    buildService: ({ name }) => {
      const link = links.get(name);
      if (!link) throw new Error(`the supergraph does not say where ${name} is`);
      return subgraphSource(link, keys, log);
    },
  });
  return new ApolloServer<GatewayContext>({
    gateway,
    logger: log,
    introspection: !config.production,
    hideSchemaDetailsFromClientErrors: config.production,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    parseOptions: { maxLexicalTokens: limits.tokens },
    formatError: errorFormatter(log),
    plugins: [limitsPlugin, operationLog(log), landingPage(config.production), ...plugins],
  });
}

const landingPage = (production: boolean): ApolloServerPlugin =>
  production
    ? ApolloServerPluginLandingPageDisabled()
    : ApolloServerPluginLandingPageLocalDefault({ embed: { runTelemetry: false }, includeCookies: false });

const operationLog = (log: Logger): ApolloServerPlugin => ({
  requestDidStart: () => {
    const started = performance.now();
    return Promise.resolve({
      willSendResponse: ({ operation, operationName, errors }) => {
        const codes = errors?.map(error => error.extensions.code);
        const took = Math.round(performance.now() - started);
        log.info({ ...correlation(), operation: operation?.operation, operationName, ms: took, codes }, 'answered');
        return Promise.resolve();
      },
    });
  },
});

function mountGraph(
  app: Express,
  config: GatewayConfig,
  apollo: ApolloServer<GatewayContext>,
  keys: Keys,
  sessions: Revocations,
): void {
  const graph = expressMiddleware(apollo, {
    context: async ({ req }) => ({
      viewer: await identify(req.get('authorization'), keys, sessions),
      userAgent: req.get('user-agent')?.slice(0, 256) ?? null,
    }),
  });
  const pages = cors({
    origins: config.corsOrigins,
    allowLocal: !config.production,
    methods: ['GET', 'POST'],
    headers: ['content-type', 'authorization', 'apollo-require-preflight', 'x-correlation-id', 'traceparent'],
    exposed: ['x-correlation-id'],
  });
  app.all(['/', '/graphql'], correlate, pages, express.json({ limit: '1mb' }), graph);
}
