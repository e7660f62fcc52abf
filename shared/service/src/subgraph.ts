import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Collection, AnyCollection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import type { Command } from '@mealprep360/events/commands';
import type { EventOptions } from '@mealprep360/events/event-runtime';
import type { OutboxRow } from '@mealprep360/events/outbox';
import type { ReadModel } from '@mealprep360/events/read-model';
import type { Reactions } from '@mealprep360/events/reactions';
import type { Actor, Commit, Tx } from '@mealprep360/events/unit-of-work';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { RedisClient } from '@mealprep360/redis/connect';
import type { Ask } from './ask.ts';
import type { ServiceConfig } from './config.ts';
import type { Logger } from './logger.ts';
import { withUserErrors } from './payloads.ts';
import type { Keys, Viewer } from './tokens.ts';

/** What the ground floor hands to a room for each request. */
export interface Scope<Work extends Tx> {
  viewer: Viewer;
  actor: Actor;
  /** of the client, as the gateway saw it */
  userAgent: string | null;
  db: Database;
  config: ServiceConfig;
  keys: Keys;
  /** for small keys: connects when first used, and gives every command up after 200 ms */
  redis: RedisClient;
  ask: Ask;
  logger: Logger;
  /** One transaction; refuses a viewer whose account is gone. */
  commit: <Result>(todo: (work: Work) => Promise<Result>) => Promise<Result>;
}

/** A route under /internal, for other services only: the body as it came in, and who calls. */
export interface InternalRoute<Context> {
  /** the services that may call it */
  callers: readonly string[];
  answer: (body: unknown, context: Context) => Promise<unknown>;
}

/** Work that goes on beside the requests, from ready to stop. */
export interface Background {
  stop: () => Promise<void>;
}

/** What a room does in the background is given the house's parts, not a request. */
export interface Surroundings<Work extends Tx = Tx> {
  db: Database;
  commit: Commit<Work>;
  config: ServiceConfig;
  keys: Keys;
  redis: RedisClient;
  ask: Ask;
  logger: Logger;
}

/** A room of the house, as its manifest `src/index.ts` says it. */
export interface Subgraph<Work extends Tx, Context> {
  name: string;
  /** of its environment variables: RECIPE_DB_ */
  envPrefix: string;
  typeDefs: DocumentNode;
  resolvers: object;
  collections: readonly AnyCollection[];
  /** collections that are made of the room's own events, and can be rebuilt from them */
  projections?: (config: ServiceConfig) => readonly ReadModel[];
  /** users keeps its events in `user_events`; all others in `outbox` */
  outbox?: Collection<OutboxRow>;
  context: (scope: Scope<Work>) => Context;
  /** a transaction as this room sees it: its models beside what every transaction has */
  work: (tx: Tx) => Work;
  /** who may read its history: the services that hear it */
  heardBy: readonly string[];
  reactions?: readonly Reactions<Work>[];
  commands?: readonly Command<Work>[];
  sagas?: EventOptions<Work>['sagas'];
  internal?: Readonly<Record<string, InternalRoute<Context>>>;
  background?: (surroundings: Surroundings<Work>) => Background;
}

/** The executable schema of a room: its contract, its resolvers, and payloads that carry what a user can mend. */
export function schemaOf(typeDefs: DocumentNode, resolvers: object): GraphQLSchema {
  // The generated resolver types are exact where Apollo's map is loose: the one cast of the toolchain.
  return withUserErrors(buildSubgraphSchema({ typeDefs, resolvers: resolvers as GraphQLResolverMap<unknown> }));
}
