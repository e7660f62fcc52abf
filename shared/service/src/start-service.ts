import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import { appliedEvents } from '@mealprep360/events/applied-events';
import { isCopy } from '@mealprep360/events/copy';
import { copyModel } from '@mealprep360/events/copy-rebuild';
import { armCrash } from '@mealprep360/events/crash-points';
import { startEvents, type EventRuntime } from '@mealprep360/events/event-runtime';
import { outboxCollection } from '@mealprep360/events/outbox';
import { platformCollections } from '@mealprep360/events/platform-collections';
import type { Actor, Tx } from '@mealprep360/events/unit-of-work';
import { openDatabase, type Database } from '@mealprep360/mongo/database';
import { connectRedis, type RedisClient } from '@mealprep360/redis/connect';
import express, { type ErrorRequestHandler } from 'express';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { askBy, type Ask } from './ask.ts';
import type { ServiceConfig } from './config.ts';
import { drainable } from './drain.ts';
import { fault } from './fault.ts';
import { errorFormatter, isAway } from './graphql-errors.ts';
import { healthRoutes, internalRoute, listen, notFound, webServer } from './http.ts';
import { logger as createLogger, type Logger } from './logger.ts';
import { metricsRoute } from './metrics.ts';
import type { ServiceStatus } from './ops-messages.ts';
import { opsRoutes } from './ops-routes.ts';
import { databaseFor, ownWrites, type OwnWrites } from './own-writes.ts';
import { serviceStatus } from './service-status.ts';
import { schemaOf, type Scope, type Subgraph } from './subgraph.ts';
import { anonymous, InvalidToken, loadKeys, readViewer, type Keys, type Viewer } from './tokens.ts';

/** A room that runs: its address, its parts for tests, and the way to stop it without losing a request. */
export interface RunningService {
  url: string;
  port: number;
  db: Database;
  events: EventRuntime<Tx>;
  stop: () => Promise<void>;
}

interface House<Work extends Tx, Context> {
  room: Subgraph<Work, Context>;
  config: ServiceConfig;
  keys: Keys;
  db: Database;
  redis: RedisClient;
  writes: OwnWrites;
  ask: Ask;
  log: Logger;
  events: EventRuntime<Work>;
}

/** Starts a room in this process. It listens at once, and is ready when its database and its events are. */
export async function startService<Work extends Tx, Context extends object>(
  room: Subgraph<Work, Context>,
  config: ServiceConfig,
): Promise<RunningService> {
  if (config.crashAt !== null) armCrash(config.crashAt);
  const log = createLogger(room.name, config.logLevel);
  const keys = await loadKeys(config.signingKeyFile, config.publicKeysFile);
  const ask = askBy(keys, config.subgraphUrls);
  const outbox = room.outbox ?? outboxCollection('outbox');
  const db = openDatabase({
    ...config.database,
    appName: room.name,
    collections: [...room.collections, ...platformCollections(outbox), ...(config.auditEvents ? [appliedEvents] : [])],
    onError: error => log.warn({ err: error }, 'the database does not answer; trying again'),
  });
  const events = startEvents({
    service: room.name,
    db,
    bus: { url: config.redisUrl },
    outbox,
    work: room.work,
    reactions: room.reactions ?? [],
    commands: room.commands ?? [],
    sagas: room.sagas ?? [],
    readModels: [...room.collections.filter(isCopy).map(copyModel), ...(room.projections?.(config) ?? [])],
    ask,
    logger: log,
    audit: config.auditEvents,
  });
  const redis = smallKeys(config.redisUrl, log);
  const writes = ownWrites(redis, room.name);
  return serve({ room, config, keys, db, redis, writes, ask, log, events });
}

// A request never waits for Redis: what was not written in time is written later by whoever holds the truth.
function smallKeys(url: string, log: Logger): RedisClient {
  const redis = connectRedis(url, {
    lazyConnect: true,
    commandTimeout: 200,
    maxRetriesPerRequest: 1,
    retryStrategy: attempt => Math.min(attempt * 100, 2000),
  });
  redis.on('error', (error: unknown) => log.debug({ err: error }, 'Redis does not answer'));
  return redis;
}

async function serve<Work extends Tx, Context extends object>(house: House<Work, Context>): Promise<RunningService> {
  const { room, config, db, redis, log, events } = house;
  const { app, server } = webServer();
  const drain = drainable(server, 8000);
  let stopping = false;
  const apollo = new ApolloServer<Context>({
    schema: schemaOf(room.typeDefs, room.resolvers),
    introspection: !config.production,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: errorFormatter(room.name, log),
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  await apollo.start();
  const missing = async () => [
    ...(stopping ? ['running'] : []),
    ...(db.isReady() && (await answers(db)) ? [] : ['database']),
    ...((await events.ready()) ? [] : ['events']),
  ];
  healthRoutes(app, { missing, pingDatabase: () => db.ping() });
  const status = serviceStatus({ service: room.name, db, events, missing });
  metricsRoute(app, status);
  mountInternal(app, house, status);
  // The gateway takes 1 MiB of its clients; its own questions hold that, and the records of others they lead to.
  app.use('/graphql', express.json({ limit: '4mb' }), viewerOnly(house), graphqlOf(apollo, house));
  app.use(notFound);
  app.use(lastResort(log));
  const port = await listen(server, config.port, config.host);
  log.info({ port }, 'listening');
  const { keys, ask } = house;
  const background = room.background?.({ db, commit: events.commit, config, keys, redis, ask, logger: log });
  return {
    url: `http://${config.host}:${port}/graphql`,
    port,
    db,
    events,
    stop: async () => {
      stopping = true;
      await drain();
      await apollo.stop();
      await background?.stop();
      await events.stop();
      redis.disconnect();
      await db.close();
      log.info('stopped');
    },
  };
}

const answers = (db: Database): Promise<boolean> =>
  db.ping().then(
    () => true,
    () => false,
  );

function mountInternal<Work extends Tx, Context>(
  app: express.Express,
  house: House<Work, Context>,
  status: () => Promise<ServiceStatus>,
): void {
  const { room, keys, events, log } = house;
  for (const [path, answer] of Object.entries(opsRoutes({ events, status, log }))) {
    internalRoute(app, path, { keys, self: room.name, callers: ['ops'] }, body => answer(body));
  }
  for (const [path, answer] of Object.entries(events.history)) {
    internalRoute(app, path, { keys, self: room.name, callers: room.heardBy }, body => answer(body));
  }
  for (const [path, route] of Object.entries(room.internal ?? {})) {
    internalRoute(app, path, { keys, self: room.name, callers: route.callers }, body =>
      route.answer(body, room.context(scopeOf(house, anonymous, {}))),
    );
  }
}

// A subgraph speaks to its gateway only: a request without the gateway's word on who asks is refused whole.
function viewerOnly<Work extends Tx, Context>({ keys, room }: House<Work, Context>): express.RequestHandler {
  return async (request, response, next) => {
    try {
      response.locals.viewer = await readViewer(keys, room.name, request.get('x-viewer') ?? '');
      next();
    } catch (error) {
      if (!(error instanceof InvalidToken)) throw error;
      const message = 'This subgraph answers its gateway only: the x-viewer header is missing or not valid.';
      response.status(401).json({ errors: [{ message, extensions: { code: 'VIEWER_TOKEN_MISSING' } }] });
    }
  };
}

const graphqlOf = <Work extends Tx, Context extends object>(
  apollo: ApolloServer<Context>,
  house: House<Work, Context>,
) =>
  expressMiddleware(apollo, {
    context: async ({ req, res }) => {
      const viewer = res.locals.viewer as Viewer;
      const preference = house.config.database.readPreference;
      const db = await databaseFor({ viewer, body: req.body }, { ...house, preference });
      return house.room.context({ ...scopeOf(house, viewer, req.headers), db });
    },
  });

function scopeOf<Work extends Tx, Context>(
  house: House<Work, Context>,
  viewer: Viewer,
  headers: IncomingHttpHeaders,
): Scope<Work> {
  const { db, config, keys, redis, ask, log } = house;
  const text = (name: string) => headers[name]?.toString() ?? null;
  const correlationId = text('x-correlation-id') ?? randomUUID();
  const actor = { userId: viewer.userId, correlationId, causationId: null, traceparent: text('traceparent') };
  return {
    viewer,
    actor,
    userAgent: text('x-client-user-agent'),
    db,
    config,
    keys,
    redis,
    ask,
    logger: log.child({ correlationId }),
    commit: commitBy(house, viewer, actor),
  };
}

/** A viewer's transactions: none of somebody who is gone, and what they wrote is then read where it was written. */
const commitBy =
  <Work extends Tx, Context>(
    { config, events, writes }: House<Work, Context>,
    viewer: Viewer,
    actor: Actor,
  ): Scope<Work>['commit'] =>
  async todo => {
    const written = new Set(viewer.userId === null ? [] : [viewer.userId]);
    const result = await events.commit(actor, async work => {
      if (viewer.userId !== null && (await work.isEntombed('User', viewer.userId))) {
        throw fault('UNAUTHENTICATED', 'This account was deleted.');
      }
      const emit: Tx['emit'] = (event, extra) => {
        // somebody who signs up is nobody yet
        if (event.aggregateType === 'User') written.add(event.aggregateId);
        work.emit(event, extra);
      };
      return todo({ ...work, emit });
    });
    if (config.database.readPreference !== 'primary') await writes.note(written);
    return result;
  };

const lastResort =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, code, message } = refusal(error);
    if (status >= 500) log[status === 503 ? 'warn' : 'error']({ err: error }, 'a request failed');
    response.status(status).json({ errors: [{ message, extensions: { code } }] });
  };

function refusal(error: unknown): { status: number; code: string; message: string } {
  const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500;
  if (status === 413) return { status, code: 'REQUEST_TOO_LARGE', message: 'The request is too large.' };
  if (status < 500) return { status, code: 'BAD_REQUEST', message: 'The request cannot be read.' };
  if (isAway(error)) return { status: 503, code: 'SERVICE_UNAVAILABLE', message: 'Not ready. Try again in a moment.' };
  return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on our side.' };
}
