import type { NewEvent } from '@mealprep360/contracts/define';
import { RecipeRated } from '@mealprep360/contracts/recipes';
import { collection, type AnyCollection } from '@mealprep360/mongo/collection';
import { openDatabase, type Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { Redis } from 'ioredis';
import pino from 'pino';
import { inject } from 'vitest';
import type { EventBus } from '../src/bus.ts';
import { startEvents, type EventOptions, type EventRuntime } from '../src/event-runtime.ts';
import type { Ask } from '../src/history.ts';
import { outboxCollection } from '../src/outbox.ts';
import { platformCollections } from '../src/platform-collections.ts';
import type { Actor, Tx } from '../src/unit-of-work.ts';

export const outbox = outboxCollection();
export const logger = pino({ level: 'silent' });
export const ana: Actor = { userId: newId(), correlationId: 'ana-1', causationId: null, traceparent: null };

/** What a reader wrote down of what it heard: one row an event, so that a second time would be a duplicate key. */
export interface Heard {
  _id: string;
  aggregateId: string;
  version: number;
  at: number;
}
export const heard = collection<Heard>('heard', { aggregateId: String, version: Number, at: Number });

/** A rating: the simplest event there is. */
export const rated = (aggregateId: string, version: number): NewEvent =>
  RecipeRated.of(aggregateId, version, { id: aggregateId, recipeId: newId(), userId: newId(), ratingValue: 5 });

const suffix = newId().slice(-6);

/** Opens a database of this test file's own. */
export async function openTestDatabase(name: string, collections: AnyCollection[] = []): Promise<Database> {
  const db = openDatabase({
    uri: inject('servers').mongodb.admin,
    name: `events_${name}_${suffix}`,
    collections: [...platformCollections(outbox), heard, ...collections],
    appName: 'events-test',
    onError: error => {
      logger.error({ error }, 'the database of a test');
    },
  });
  await db.ready;
  return db;
}

/** The Redis database of this test file: each file has a number of its own. */
export function testRedis(number: number): { url: string; redis: Redis } {
  const url = new URL(inject('servers').redis.admin);
  url.pathname = `/${number}`;
  return { url: url.href, redis: new Redis(url.href) };
}

type Room = Partial<Pick<EventOptions<Tx>, 'reactions' | 'commands' | 'sagas' | 'readModels'>>;

/** Services that hear each other over one bus and ask each other in this process, as over HTTP. */
export function neighbourhood(bus: { url: string } | EventBus) {
  const runtimes = new Map<string, EventRuntime<Tx>>();
  const started = new Set<EventRuntime<Tx>>();
  const asked: string[] = [];
  /** services that answer nobody */
  const silent = new Set<string>();
  const ask: Ask = async (service, path, body) => {
    if (silent.has(service)) throw new Error(`${service} does not answer`);
    const route = runtimes.get(service)?.history[path];
    if (route === undefined) throw new Error(`${service} does not answer`);
    asked.push(`${service}${path}`);
    return JSON.parse(JSON.stringify(await route(JSON.parse(JSON.stringify(body ?? null))))) as unknown;
  };
  return {
    asked,
    silent,
    start: (service: string, db: Database, room: Room = {}): EventRuntime<Tx> => {
      const nothing = { reactions: [], commands: [], sagas: [] };
      const runtime = startEvents({ service, db, bus, outbox, work: tx => tx, ask, logger, ...nothing, ...room });
      runtimes.set(service, runtime);
      started.add(runtime);
      return runtime;
    },
    stop: async (service: string): Promise<void> => {
      const runtime = runtimes.get(service);
      runtimes.delete(service);
      if (runtime) started.delete(runtime);
      await runtime?.stop();
    },
    stopAll: async (): Promise<void> => {
      await Promise.all([...started].map(runtime => runtime.stop()));
      started.clear();
      runtimes.clear();
    },
  };
}

export const dropAndClose = async (...databases: Database[]): Promise<void> => {
  for (const db of databases) {
    await db.connection.dropDatabase();
    await db.close();
  }
};
