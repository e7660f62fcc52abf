import type { NewEvent } from '@mealprep360/contracts/define';
import type { Tx } from '@mealprep360/events/unit-of-work';
import type { ReadPreference } from '@mealprep360/mongo/database';
import type { ServiceConfig } from '@mealprep360/service/config';
import { startService, type RunningService } from '@mealprep360/service/start-service';
import type { Scope, Subgraph } from '@mealprep360/service/subgraph';
import { askBy } from '@mealprep360/service/ask';
import { loadKeys, signViewer, type Role } from '@mealprep360/service/tokens';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { Redis } from 'ioredis';
import { inject } from 'vitest';

/** A room of any kind: what differs between rooms does not show here. */
export interface AnyRoom {
  name: string;
  start: (config: ServiceConfig) => Promise<RunningService>;
}

/** Makes a room one of many: `openRooms([room(recipes), room(mealplans)])`. */
export const room = <Work extends Tx, Context extends object>(subgraph: Subgraph<Work, Context>): AnyRoom => ({
  name: subgraph.name,
  start: config => startService(subgraph, config),
});

/** The answers of a speaker that is not opened itself, by internal path. */
type Answers = Record<string, (body: unknown) => Promise<unknown>>;

/** Stands in for a service that is heard but not under test: it says real events, over real outbox and streams. */
export function speaker(name: string, answers: Answers = {}): AnyRoom {
  const everybody = Object.keys(inject('servers').keys.signing);
  const subgraph: Subgraph<Tx, Scope<Tx>> = {
    name,
    envPrefix: '',
    typeDefs: parse('type Query { _speaker: Boolean }'),
    resolvers: {},
    collections: [],
    context: scope => scope,
    work: tx => tx,
    heardBy: everybody,
    internal: Object.fromEntries(
      Object.entries(answers).map(([path, answer]) => [path, { callers: everybody, answer }]),
    ),
  };
  return room(subgraph);
}

export interface TestViewer {
  userId: string;
  roles?: Role[];
  sessionId?: string;
}

export interface Answer {
  // A test reads the answer it asked for: what is not there fails its expectations.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is the query's own
  data: any;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } }[];
}

export interface Rooms {
  query: (
    name: string,
    viewer: TestViewer | null,
    document: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  service: (name: string) => RunningService;
  /** one service asking another over an internal route */
  askInternal: (from: string, to: string, path: string, body?: unknown) => Promise<unknown>;
  /** says events in the name of an opened service */
  say: (name: string, ...events: NewEvent[]) => Promise<void>;
  /** the MongoDB commands that a service sends for its requests while `work` runs, transactions' ends left out */
  commandsOf: (name: string, work: () => Promise<unknown>) => Promise<string[]>;
  redisUrl: string;
  stop: () => Promise<void>;
}

/** Starts rooms on the run's real servers (or on those given), with databases and a Redis database of their own. */
export async function openRooms(
  rooms: readonly AnyRoom[],
  servers = inject('servers'),
  readPreference: ReadPreference = 'primary',
): Promise<Rooms> {
  const place = await nextPlace(servers.redis.admin);
  const redisUrl = `${servers.redis.admin.replace(/\/\d*$/, '')}/${place}`;
  const urls: Record<string, string> = {};
  const services = new Map<string, RunningService>();
  for (const { name, start } of rooms) {
    const service = await start({
      production: false,
      host: '127.0.0.1',
      port: 0,
      logLevel: 'fatal',
      redisUrl,
      signingKeyFile: servers.keys.signing[name] ?? '',
      publicKeysFile: servers.keys.public,
      subgraphUrls: urls,
      database: { uri: servers.mongodb.admin, name: `t${place}_${name}`, readPreference },
      userKeysMasterKey: readFileSync(servers.keys.usersMaster, 'utf8').trim(),
      crashAt: null,
      auditEvents: false,
    });
    services.set(name, service);
    urls[name] = service.url;
  }
  const service = (name: string): RunningService => {
    const found = services.get(name);
    if (found === undefined) throw new Error(`${name} was not opened`);
    return found;
  };
  await Promise.all([...services.values()].map(({ db }) => db.ready));
  const signer = (name: string) => loadKeys(servers.keys.signing[name] ?? '', servers.keys.public);
  const gateway = await signer('gateway');
  return {
    redisUrl,
    service,
    query: async (name, viewer, document, variables = {}, headers = {}) => {
      const seen = {
        userId: null,
        sessionId: viewer ? randomUUID() : null,
        roles: viewer ? ['USER' as const] : [],
        ...viewer,
      };
      const response = await fetch(service(name).url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-viewer': await signViewer(gateway, name, seen), ...headers },
        body: JSON.stringify({ query: document, variables }),
      });
      return (await response.json()) as Answer;
    },
    askInternal: async (from, to, path, body) => askBy(await signer(from), urls)(to, path, body),
    say: async (name, ...events) => {
      const actor = { userId: null, correlationId: randomUUID(), causationId: null, traceparent: null };
      await service(name).events.commit(actor, tx => {
        for (const event of events) tx.emit(event);
        return Promise.resolve();
      });
    },
    commandsOf: (name, work) => countCommands(service(name), work),
    stop: async () => {
      await Promise.all([...services.values()].map(running => running.stop()));
    },
  };
}

// Test files run side by side on one MongoDB and one Redis: each place is given out once in a run.
async function nextPlace(url: string): Promise<number> {
  const redis = new Redis(url, { lazyConnect: true });
  await redis.connect();
  const place = await redis.incr('test:places');
  redis.disconnect();
  return place;
}

// What goes on beside the requests (relay, checkpoints, leases) is told apart by its collections.
const platform = new Set([
  'outbox',
  'user_events',
  'checkpoints',
  'leases',
  'read_models',
  'commands',
  'sagas',
  'dead_letters',
  'tombstones',
]);

async function countCommands(running: RunningService, work: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const client = running.db.connection.getClient();
  const note = (event: { commandName: string; command: Record<string, unknown> }) => {
    const target = event.command[event.commandName];
    if (
      ['find', 'aggregate', 'count', 'distinct', 'update', 'insert', 'delete', 'findAndModify', 'getMore'].includes(
        event.commandName,
      )
    ) {
      const name = event.commandName === 'getMore' ? String(event.command.collection) : String(target);
      if (!platform.has(name)) seen.push(`${event.commandName} ${name}`);
    }
  };
  client.on('commandStarted', note);
  try {
    await work();
  } finally {
    client.off('commandStarted', note);
  }
  return seen.sort();
}
