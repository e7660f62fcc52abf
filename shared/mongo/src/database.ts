import { createConnection, type Connection, type Model, type mongo } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { endAbandoned } from './abandoned.ts';
import type { AnyCollection, Collection } from './collection.ts';

/** One service's database: the only one that its user can open. */
export interface Database {
  connection: Connection;
  name: string;
  model: <Record>(declared: Collection<Record>) => Model<Record>;
  /** The driver's own collection, for the platform's rows: no casting, `undefined` is left out, binary is a Buffer. */
  raw: <Record extends mongo.Document>(declared: Collection<Record>) => mongo.Collection<Record>;
  /** Resolves once the server answered and all collections and indexes exist. */
  ready: Promise<void>;
  isReady: () => boolean;
  /** The same database for queries outside transactions, which may be answered by other members of the set. */
  reading: (preference: ReadPreference) => Database;
  /** Milliseconds that a ping took; throws when the server does not answer within `timeout` milliseconds. */
  ping: (timeout?: number) => Promise<number>;
  close: () => Promise<void>;
}

export interface DatabaseOptions {
  uri: string;
  name: string;
  collections: readonly AnyCollection[];
  /** shown in the server's log and `currentOp` */
  appName: string;
  onError: (error: unknown) => void;
}

export type ReadPreference = 'primary' | 'primaryPreferred' | 'secondary' | 'secondaryPreferred' | 'nearest';

/** A command was given before the server had answered for the first time. */
export class DatabaseNotReady extends Error {
  constructor() {
    super('the database has not answered yet');
  }
}

const rawOptions = { ignoreUndefined: true, promoteBuffers: true };

/**
 * Opens a database in the background: a server that is not there yet is tried again for ever, so services start in
 * any order. Commands before `ready` fail at once instead of waiting in a buffer.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const connection = createConnection();
  connection.set('bufferCommands', false);
  for (const { name, schema } of options.collections) connection.model(name, schema, name);
  let closed = false;
  let isReady = false;
  const ready = connect(connection, options, () => closed).then(() => {
    isReady = !closed;
  });
  const raw =
    (readPreference: ReadPreference): Database['raw'] =>
    declared => {
      if (!isReady) throw new DatabaseNotReady();
      return connection
        .getClient()
        .db(options.name)
        .collection(declared.name, { ...rawOptions, readPreference });
    };
  const database: Database = {
    connection,
    name: options.name,
    model: <Record>(declared: Collection<Record>) => connection.model<Record>(declared.name),
    raw: raw('primary'),
    reading: preference =>
      preference === 'primary'
        ? database
        : { ...database, model: modelsReading(connection, preference), raw: raw(preference) },
    ready,
    isReady: () => isReady,
    ping: async (timeout = 1500) => {
      const started = performance.now();
      if (!isReady) throw new DatabaseNotReady();
      await connection.db?.command({ ping: 1 }, { timeoutMS: timeout });
      return performance.now() - started;
    },
    close: async () => {
      closed = true;
      await connection.close();
    },
  };
  return database;
}

/** The same models under other names, whose queries go to other members of the replica set. */
const modelsReading =
  (connection: Connection, preference: ReadPreference): Database['model'] =>
  <Record>({ name }: Collection<Record>) => {
    const own = `${name} ${preference}`;
    const known = connection.models[own] as Model<Record> | undefined;
    return (
      known ??
      connection.model<Record>(own, connection.model<Record>(name).schema.clone().set('read', preference), name)
    );
  };

async function connect(connection: Connection, options: DatabaseOptions, isClosed: () => boolean): Promise<void> {
  for (let wait = 100; !isClosed(); wait = Math.min(wait * 2, 2000)) {
    try {
      await connection.openUri(options.uri, {
        dbName: options.name,
        appName: options.appName,
        serverSelectionTimeoutMS: 2000,
        connectTimeoutMS: 2000,
        maxPoolSize: 20,
        writeConcern: { w: 'majority' },
        readConcern: { level: 'majority' },
        readPreference: 'primary',
        // commands are counted: what an operation costs must not grow with its lists
        monitorCommands: true,
        autoIndex: false,
        autoCreate: false,
      });
      // without it their locks are only held longer, until the server ends them by itself
      await endAbandoned(connection.getClient(), options.appName).catch(options.onError);
      await createCollections(connection, options.collections);
      return;
    } catch (error) {
      if (isClosed()) return;
      options.onError(error);
      await connection.close().catch(options.onError);
      await pause(wait);
    }
  }
}

// A transaction cannot create a collection that another one creates too: all exist before the first.
async function createCollections(connection: Connection, collections: readonly AnyCollection[]): Promise<void> {
  const present = new Set((await connection.listCollections()).map(({ name }) => name));
  await Promise.all(
    collections.map(async ({ name }) => {
      const model = connection.model(name);
      if (!present.has(name)) await model.createCollection();
      await model.createIndexes();
    }),
  );
}
