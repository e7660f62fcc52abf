import { join } from 'node:path';
import type { KeyFiles } from './keys.ts';
import { bff } from './rooms.ts';
import type { Room } from './rooms.ts';
import { cacheFolder } from './servers/find.ts';
import type { Stores } from './stores.ts';

export interface EnvironmentOptions {
  portBase: number;
  production: boolean;
  rooms: Room[];
  stores: Stores;
  keys: KeyFiles;
  /** the port under which a room is reached by the others, where that is not its own */
  portOf?: (room: Room) => number | undefined;
}

/** The environment of the gateway. */
export function gatewayEnvironment(options: EnvironmentOptions): Record<string, string> {
  return common(options, 'gateway', 0);
}

/** The environment of the BFF: of the house it knows the gateway alone. */
export function bffEnvironment(options: Pick<EnvironmentOptions, 'portBase' | 'production'>): Record<string, string> {
  return { ...ofProcess(options, bff.portOffset), GATEWAY_URL: `${urlOf(options, 0)}/graphql` };
}

/** The environment of one service: with its own database, and no other's. */
export function roomEnvironment(options: EnvironmentOptions, room: Room): Record<string, string> {
  return {
    ...common(options, room.name, room.portOffset),
    [`${room.databasePrefix}URI`]: options.stores.mongodbOf(room.name),
    [`${room.databasePrefix}NAME`]: room.database,
    ...(room.name === 'users' ? { USER_KEYS_MASTER_KEY_FILE: options.keys.usersMaster } : {}),
  };
}

export function urlOf({ portBase }: Pick<EnvironmentOptions, 'portBase'>, portOffset: number): string {
  return `http://127.0.0.1:${portBase + portOffset}`;
}

function addressOf(options: EnvironmentOptions, room: Room): string {
  const port = options.portOf?.(room);
  return port === undefined ? urlOf(options, room.portOffset) : `http://127.0.0.1:${port}`;
}

function common(options: EnvironmentOptions, name: string, portOffset: number): Record<string, string> {
  const { rooms, stores, keys } = options;
  const neighbours = rooms.map(room => [`${variableOf(room)}_URL`, `${addressOf(options, room)}/graphql`] as const);
  return {
    ...ofProcess(options, portOffset),
    REDIS_URL: stores.redisOf(name),
    SIGNING_KEY_FILE: keys.signing(name),
    PUBLIC_KEYS_FILE: keys.public,
    APOLLO_TELEMETRY_DISABLED: 'true',
    ...Object.fromEntries(neighbours),
  };
}

function ofProcess(
  { portBase, production }: Pick<EnvironmentOptions, 'portBase' | 'production'>,
  portOffset: number,
): Record<string, string> {
  return {
    ...inherited(),
    NODE_ENV: production ? 'production' : 'development',
    HOST: '127.0.0.1',
    PORT: String(portBase + portOffset),
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
    // a third less CPU for each start after the first
    NODE_COMPILE_CACHE: join(cacheFolder(process.env), 'compiled'),
  };
}

const variableOf = ({ name }: Room) => name.toUpperCase().replaceAll('-', '_');

/** Of the launcher's own environment only what says how the machine is: no address or key of another installation. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS'];
  return Object.fromEntries(
    names.flatMap(name => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
