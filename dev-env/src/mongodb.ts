import mongoose from 'mongoose';
import type { Program } from './processes.ts';
import { Obstacle } from './obstacle.ts';

const { MongoClient, MongoServerError } = mongoose.mongo;
type Client = InstanceType<typeof MongoClient>;

const replicaSet = 'rs0';
const adminUser = 'admin';

/** A service's own database user: it opens this database and no other. */
export interface DatabaseUser {
  name: string;
  password: string;
  database: string;
}

export interface MongodOptions {
  name: string;
  binary: string;
  folder: string;
  port: number;
  keyFile: string;
}

/** mongod as a replica set of one, with access control and a bounded cache. */
export function mongodProgram({ name, binary, folder, port, keyFile }: MongodOptions): Program {
  const args = ['--dbpath', folder, '--bind_ip', '127.0.0.1', '--port', String(port), '--nounixsocket'];
  // slow queries are logged with their values: e-mail addresses must not get into a log
  const quiet = ['--slowms', '2147483647', '--setParameter', 'diagnosticDataCollectionEnabled=false'];
  // what a process that was killed had begun is in the way of others until the server ends it: a minute by default
  const brief = ['--setParameter', 'transactionLifetimeLimitSeconds=5'];
  const safe = ['--replSet', replicaSet, '--auth', '--keyFile', keyFile, '--wiredTigerCacheSizeGB', '0.25'];
  return {
    name,
    command: binary,
    args: [...args, ...safe, ...quiet, ...brief],
    env: process.env,
    port,
    rank: 'mongodb',
    // a database that dies is away for longer than a moment, as elsewhere: whoever asks after 2 s learns of it
    firstDelay: 5000,
  };
}

/**
 * Makes a started mongod a primary with its admin and service users, whatever it was before: new, or moved to another
 * port. Resolves with the admin's URI.
 */
export async function prepareMongod(port: number, adminPassword: string, users: DatabaseUser[]): Promise<string> {
  const host = `127.0.0.1:${port}`;
  const uri = `mongodb://${adminUser}:${adminPassword}@${host}/?authSource=admin`;
  await using anybody = await connect(`mongodb://${host}/?directConnection=true`);
  if (!(await opens(uri))) await initiate(anybody.client, host, adminPassword);
  await using admin = await connect(`${uri}&directConnection=true`);
  await moveTo(admin.client, host);
  await primary(admin.client);
  await ensureUsers(admin.client, users);
  return `${uri}&replicaSet=${replicaSet}`;
}

/**
 * Makes newly started servers one replica set, which notices a lost primary in about four seconds. Resolves with the
 * admin's URI. Only for servers without data: tests stop and kill its members, and never open it again.
 */
export async function prepareReplicaSet(
  ports: number[],
  adminPassword: string,
  users: DatabaseUser[],
): Promise<string> {
  const hosts = ports.map(port => `127.0.0.1:${port}`);
  const members = hosts.map((host, _id) => ({ _id, host }));
  await using first = await connect(`mongodb://${hosts[0] ?? ''}/?directConnection=true`);
  const settings = { electionTimeoutMillis: 4000, heartbeatIntervalMillis: 1000 };
  const admin = first.client.db('admin');
  await admin.command({ replSetInitiate: { _id: replicaSet, members, settings } });
  await primary(first.client);
  await admin.command({ createUser: adminUser, pwd: adminPassword, roles: ['root'] });
  const uri = `mongodb://${adminUser}:${adminPassword}@${hosts.join(',')}/?authSource=admin&replicaSet=${replicaSet}`;
  await using all = await connect(uri);
  await ensureUsers(all.client, users);
  return uri;
}

/** Makes the service users on a replica set that somebody else runs. Throws an Obstacle when it is none. */
export async function prepareForeignMongodb(uri: string, users: DatabaseUser[]): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 10_000 });
  try {
    const hello = await client.db('admin').command({ hello: 1 });
    if (hello['setName'] === undefined) throw new Obstacle('MONGODB_URI leads to a server that is no replica set.');
    await ensureUsers(client, users, true);
  } catch (error) {
    if (error instanceof Obstacle) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Obstacle(`MONGODB_URI does not lead to a MongoDB where users can be made: ${reason}`);
  } finally {
    await client.close();
  }
}

/** The URI by which a service reaches its database, on the servers of an admin's URI. */
export function serviceUri(adminUri: string, { name, password }: Pick<DatabaseUser, 'name' | 'password'>): string {
  const [, scheme, hosts, query] =
    /^(mongodb(?:\+srv)?:\/\/)(?:[^@/]*@)?([^/?]+)[^?]*(?:\?(.*))?$/.exec(adminUri) ?? [];
  if (scheme === undefined || hosts === undefined) throw new Obstacle('MONGODB_URI is no mongodb:// address.');
  const options = new URLSearchParams(query);
  options.set('authSource', 'admin');
  options.set('directConnection', 'false');
  return `${scheme}${name}:${password}@${hosts}/?${options.toString()}`;
}

interface Connection {
  client: Client;
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** Connects to a server that is just starting. */
async function connect(uri: string): Promise<Connection> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 30_000, connectTimeoutMS: 1000 });
  await client.connect();
  return { client, [Symbol.asyncDispose]: () => client.close() };
}

async function opens(uri: string): Promise<boolean> {
  const client = new MongoClient(`${uri}&directConnection=true`);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (hasCode(error, 'AuthenticationFailed')) return false;
    throw error;
  } finally {
    await client.close();
  }
}

/** A server without users lets the first be made by whoever comes from this machine. */
async function initiate(client: Client, host: string, adminPassword: string): Promise<void> {
  const admin = client.db('admin');
  const members = [{ _id: 0, host }];
  try {
    await admin.command({ replSetInitiate: { _id: replicaSet, members } }).catch((error: unknown) => {
      // a start that was killed after it had initiated, and before it had made the admin
      if (!hasCode(error, 'AlreadyInitialized')) throw error;
    });
    await primary(client);
    await admin.command({ createUser: adminUser, pwd: adminPassword, roles: ['root'] });
  } catch (error) {
    if (!hasCode(error, 'Unauthorized')) throw error;
    throw new Obstacle('the passwords in the data folder’s secrets/ do not open its database: start with --fresh.');
  }
}

/** A replica set knows its member by host and port: on another port it has to be told. */
async function moveTo(client: Client, host: string): Promise<void> {
  const answer = await client.db('admin').command({ replSetGetConfig: 1 });
  const config = answer['config'] as { version: number; term?: number; members: { host: string }[] };
  const [member] = config.members;
  if (member === undefined || member.host === host) return;
  const { term: _term, ...rest } = config;
  const moved = { ...rest, version: config.version + 1, members: [{ ...member, host }] };
  await client.db('admin').command({ replSetReconfig: moved, force: true });
}

async function primary(client: Client): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await client.db('admin').command({ hello: 1 }))['isWritablePrimary']) {
    if (Date.now() > deadline) throw new Obstacle('MongoDB did not become a primary within 30 s.');
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

async function ensureUsers(client: Client, users: DatabaseUser[], setPasswords = false): Promise<void> {
  const admin = client.db('admin');
  const answer = await admin.command({ usersInfo: 1 });
  const known = new Set((answer['users'] as { user: string }[]).map(({ user }) => user));
  for (const { name, password, database } of users) {
    const roles = [{ role: 'readWrite', db: database }];
    if (!known.has(name)) await admin.command({ createUser: name, pwd: password, roles });
    else if (setPasswords) await admin.command({ updateUser: name, pwd: password, roles });
  }
}

function hasCode(error: unknown, name: string): boolean {
  return error instanceof MongoServerError && error.codeName === name;
}
