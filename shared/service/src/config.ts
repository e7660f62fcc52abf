import { speakers } from '@mealprep360/contracts/speakers';
import { addressFault } from '@mealprep360/redis/address';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { placeholderSecrets } from './placeholders.ts';

// The only module of the product that reads the environment. Each schema's descriptions become `.env.example`.

const url = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });
const port = z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535);
const flag = z.enum(['true', 'false'], { error: 'must be true or false' }).transform(word => word === 'true');

const common = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .default('development')
    .describe('production hides IDE and introspection'),
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  PORT: port.describe('port to listen on; 0 picks a free one'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('how much to log'),
  REDIS_HOST: z.string().default('127.0.0.1').describe('Redis or Valkey, 7 or later'),
  REDIS_PORT: port.default(6379).describe('its port'),
  REDIS_URL: z
    .string()
    .superRefine((address, context) => {
      const message = addressFault(address);
      if (message !== null) context.addIssue({ code: 'custom', message });
    })
    .optional()
    .describe(
      'with user and password; a cluster is redis+cluster://USER:PASSWORD@one:6379,two:6379; wins over the two above',
    ),
  SIGNING_KEY_FILE: z
    .string({ error: 'is missing' })
    .describe("this process's private key: an Ed25519 JWK whose kid is the process's name"),
  PUBLIC_KEYS_FILE: z.string({ error: 'is missing' }).describe('the public keys of all processes: a JWKS'),
  APOLLO_TELEMETRY_DISABLED: flag.default(true).describe('no usage data leaves the house'),
});

const addressOf = (service: string) => `${service.toUpperCase()}_URL`;

/** Where the other services answer: a variable for each that there is. */
const neighbours = Object.fromEntries(Object.keys(speakers).map(name => [addressOf(name), url.optional()]));

const doors = z.object({
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform(list =>
      list
        .split(',')
        .map(origin => origin.trim())
        .filter(origin => origin !== ''),
    )
    .describe(
      'origins whose pages may use the graph and the screens, with commas; pages of this machine always may outside production',
    ),
});

const gateway = common.extend({
  ...doors.shape,
  SUPERGRAPH_FILE: z.string().default('supergraph.yaml').describe('the list of subgraphs'),
  METRICS_PORT: port
    .optional()
    .describe('serves /metrics here and not on PORT; in production there are none without it, since PORT is public'),
});

const ops = gateway.pick({ SUPERGRAPH_FILE: true }).extend({
  OPS_SIGNING_KEY_FILE: z.string().optional().describe('the private key of the person on call: a JWK whose kid is ops'),
});

const bff = common.pick({ NODE_ENV: true, HOST: true, PORT: true, LOG_LEVEL: true }).extend({
  ...doors.shape,
  GATEWAY_URL: url.default('http://127.0.0.1:4000/graphql').describe('the public graph'),
});

/** The variables of one service's own database, under its prefix (`RECIPE_DB_`). */
const database = (prefix: string, name: string) =>
  z.object({
    [`${prefix}HOST`]: z.string().default('127.0.0.1').describe('MongoDB, a replica set'),
    [`${prefix}PORT`]: port.default(27_017).describe('its port'),
    [`${prefix}NAME`]: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,60}$/, 'must be a database name')
      .default(`mealprep360_${name}`)
      .describe('database'),
    [`${prefix}USER`]: z
      .string()
      .optional()
      .describe("the service's own user, which can open no other database; made in the database admin"),
    [`${prefix}PASS`]: z.string().optional().describe('its password'),
    [`${prefix}URI`]: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
      .optional()
      .describe('wins over host, port, user and password'),
    [`${prefix}READ_PREFERENCE`]: z
      .enum(['primary', 'primaryPreferred', 'secondary', 'secondaryPreferred', 'nearest'])
      .default('primary')
      .describe('where queries read of who wrote nothing within 5 s; all else reads from the primary'),
  });

export interface GatewayConfig {
  production: boolean;
  host: string;
  port: number;
  logLevel: z.infer<typeof common>['LOG_LEVEL'];
  redisUrl: string;
  signingKeyFile: string;
  publicKeysFile: string;
  supergraphFile: string;
  corsOrigins: readonly string[];
  /** where /metrics stands alone; null: nowhere but, outside production, on `port` */
  metricsPort: number | null;
  /** addresses that win over the routing_url of supergraph.yaml, by subgraph name */
  subgraphUrls: Readonly<Record<string, string>>;
}

/** What `ops` knows of a house that it did not find by its data folder. */
export interface OpsConfig extends Pick<GatewayConfig, 'supergraphFile' | 'subgraphUrls'> {
  signingKeyFile: string | null;
}

export interface BffConfig extends Pick<GatewayConfig, 'production' | 'host' | 'port' | 'logLevel' | 'corsOrigins'> {
  gatewayUrl: string;
}

export interface ServiceConfig extends Omit<GatewayConfig, 'supergraphFile' | 'corsOrigins' | 'metricsPort'> {
  database: { uri: string; name: string; readPreference: z.infer<typeof readPreference> };
  /** base64, 32 bytes: wraps the key of each user (users only) */
  userKeysMasterKey: string | null;
  /** the point at which this process is to die; null outside tests of that */
  crashAt: string | null;
  /** whether a row of each applied event is kept, for tests that count them */
  auditEvents: boolean;
}

const readPreference = z.enum(['primary', 'primaryPreferred', 'secondary', 'secondaryPreferred', 'nearest']);

/** Every environment value that is wrong, one line each: the variable and the reason. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

const secrets = z.object({
  USER_KEYS_MASTER_KEY: z
    .string({ error: 'is missing' })
    .refine(key => Buffer.from(key, 'base64').length === 32, 'must be 32 bytes in base64')
    .describe("wraps each user's own key; without it no personal data can be read again"),
});

// For tests that kill processes; they are no settings of an installation, and stand in no example.
const faults = z.object({
  CRASH_AT: z.string().optional(),
  AUDIT_EVENTS: flag.default(false),
});

const serviceSchema = (name: string, prefix: string) => {
  const schema = common.extend(neighbours).extend(database(prefix, name).shape).extend(faults.shape);
  return name === 'users' ? schema.extend(secrets.shape) : schema;
};

/** Reads the environment of one service. Throws ConfigError. */
export function serviceConfig(name: string, prefix: string, environment: Environment = process.env): ServiceConfig {
  const values = parse(serviceSchema(name, prefix), environment);
  if (values.NODE_ENV === 'production') refuseFaults(environment);
  const forTests = parse(faults, environment);
  const own = (key: string) => values[`${prefix}${key}`];
  return {
    ...commonConfig(environment),
    database: {
      uri: text(own('URI')) ?? mongoUri(text(own('HOST')), String(own('PORT')), text(own('USER')), text(own('PASS'))),
      name: text(own('NAME')) ?? '',
      readPreference: readPreference.parse(own('READ_PREFERENCE')),
    },
    userKeysMasterKey: text(values.USER_KEYS_MASTER_KEY),
    crashAt: forTests.CRASH_AT ?? null,
    auditEvents: forTests.AUDIT_EVENTS,
  };
}

function refuseFaults(environment: Environment): void {
  const set = Object.keys(faults.shape).filter(name => environment[name]);
  if (set.length > 0) throw new ConfigError(set.map(name => `${name}: is for tests, not for production`).join('\n'));
}

/** Reads the environment of the gateway. Throws ConfigError. */
export function gatewayConfig(environment: Environment = process.env): GatewayConfig {
  // all that is wrong is told at once
  parse(gateway.extend(neighbours), environment);
  const values = parse(gateway, environment);
  // Apollo's packages read this one themselves, wherever the gateway was started from.
  if (environment === process.env) process.env.APOLLO_TELEMETRY_DISABLED = String(values.APOLLO_TELEMETRY_DISABLED);
  return {
    ...commonConfig(environment),
    supergraphFile: values.SUPERGRAPH_FILE,
    corsOrigins: values.CORS_ORIGINS,
    metricsPort: values.METRICS_PORT ?? null,
  };
}

/** Reads the environment of `ops`. Throws ConfigError. */
export function opsConfig(environment: Environment = process.env): OpsConfig {
  const values = parse(ops, environment);
  return {
    signingKeyFile: values.OPS_SIGNING_KEY_FILE ?? null,
    supergraphFile: values.SUPERGRAPH_FILE,
    subgraphUrls: addressesOf(environment),
  };
}

/** Reads the environment of the BFF: it has no key, no database and no bus. Throws ConfigError. */
export function bffConfig(environment: Environment = process.env): BffConfig {
  const values = parse(bff, environment);
  return {
    production: values.NODE_ENV === 'production',
    host: values.HOST,
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    corsOrigins: values.CORS_ORIGINS,
    gatewayUrl: values.GATEWAY_URL,
  };
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function commonConfig(environment: Environment) {
  const values = parse(common, environment);
  return {
    production: values.NODE_ENV === 'production',
    host: values.HOST,
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    redisUrl: values.REDIS_URL ?? `redis://${values.REDIS_HOST}:${values.REDIS_PORT}`,
    signingKeyFile: values.SIGNING_KEY_FILE,
    publicKeysFile: values.PUBLIC_KEYS_FILE,
    subgraphUrls: addressesOf(environment),
  };
}

function addressesOf(environment: Environment): Readonly<Record<string, string>> {
  const addresses = parse(z.object(neighbours), environment);
  return Object.fromEntries(
    Object.keys(speakers).flatMap(name => {
      const address = addresses[addressOf(name)];
      return address === undefined ? [] : [[name, address]];
    }),
  );
}

// Users of a service stand in `admin`, where the launcher and the compose file make them: the driver would look in the
// service's own database.
function mongoUri(host: string | null, port: string, user: string | null, pass: string | null): string {
  const address = `${host ?? '127.0.0.1'}:${port}/`;
  if (user === null) return `mongodb://${address}`;
  return `mongodb://${encodeURIComponent(user)}:${encodeURIComponent(pass ?? '')}@${address}?authSource=admin`;
}

function parse<Schema extends z.ZodObject>(schema: Schema, environment: Environment): z.output<Schema> {
  const values = withFiles(Object.keys(schema.shape), environment);
  const read = schema.safeParse(values);
  const placeholders = placeholderSecrets(values);
  if (read.success && placeholders.length === 0) return read.data;
  const issues = read.error?.issues ?? [];
  throw new ConfigError(
    [...issues.map(issue => `${issue.path.join('.')}: ${issue.message}`), ...placeholders].join('\n'),
  );
}

// Any NAME may be given as NAME_FILE, as container platforms hand out secrets. An empty value counts as unset.
function withFiles(names: readonly string[], environment: Environment): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of names) {
    const value = environment[name];
    const file = environment[`${name}_FILE`];
    if (value && file) throw new ConfigError(`${name}: is set, and so is ${name}_FILE; keep one`);
    if (value) values[name] = value;
    else if (file) values[name] = contentOf(file, `${name}_FILE`);
  }
  return values;
}

function contentOf(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new ConfigError(`${variable}: the file cannot be read`);
  }
}

/** The lines of `.env.example`: every variable of every service with its meaning and default. */
export function environmentExample(services: readonly { name: string; prefix: string }[]): string {
  const lines = (title: string, shape: Readonly<Record<string, z.ZodType>>) => [
    `# ${title}`,
    ...Object.entries(shape).map(([key, schema]) => {
      const note = schema.description ?? 'the address of this subgraph, where it is not the one in supergraph.yaml';
      const fallback = schema instanceof z.ZodDefault ? z.json().parse(schema.def.defaultValue) : undefined;
      return `# ${note}\n${fallback === undefined ? `# ${key}=` : `${key}=${JSON.stringify(fallback).replace(/^"|"$/g, '')}`}`;
    }),
    '',
  ];
  return [
    '# Generated from the config schemas: `pnpm env-example`. Any NAME may be given as NAME_FILE instead.\n',
    ...lines('Every process', common.shape),
    ...lines('Addresses of subgraphs', neighbours),
    ...lines('gateway and bff', doors.shape),
    ...lines('gateway', gateway.pick({ SUPERGRAPH_FILE: true, METRICS_PORT: true }).shape),
    ...lines('ops', ops.omit({ SUPERGRAPH_FILE: true }).shape),
    ...lines('bff', { GATEWAY_URL: bff.shape.GATEWAY_URL }),
    ...services.flatMap(({ name, prefix }) => lines(name, database(prefix, name).shape)),
    ...lines('users', secrets.shape),
  ].join('\n');
}
