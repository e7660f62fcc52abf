import { expect, test } from 'vitest';
import { bffConfig, ConfigError, gatewayConfig, serviceConfig } from './config.ts';

const users = (values: Record<string, string>) => () =>
  serviceConfig('users', 'USER_DB_', {
    PORT: '4001',
    SIGNING_KEY_FILE: 'users.key.json',
    PUBLIC_KEYS_FILE: 'public.jwks.json',
    USER_KEYS_MASTER_KEY: 'q5V1oS0m2J8n3iXkqk7r4m4vY9cD1yZ0y3C2b7uJwXk=',
    ...values,
  });

test('a database is reached by its URI, or by host and port as the user that admin knows', () => {
  const at = (values: Record<string, string>) => users({ USER_DB_HOST: 'db', ...values })().database.uri;
  expect(at({})).toBe('mongodb://db:27017/');
  expect(at({ USER_DB_USER: 'users', USER_DB_PASS: 'p@ss:1' })).toBe(
    'mongodb://users:p%40ss%3A1@db:27017/?authSource=admin',
  );
  expect(at({ USER_DB_URI: 'mongodb+srv://cluster.example' })).toBe('mongodb+srv://cluster.example');
});

test('origins are named with commas, for both doors alike', () => {
  const env = {
    PORT: '1',
    SIGNING_KEY_FILE: 'a',
    PUBLIC_KEYS_FILE: 'b',
    CORS_ORIGINS: 'https://a.example, https://b.example,',
  };
  expect(bffConfig(env).corsOrigins).toEqual(['https://a.example', 'https://b.example']);
  expect(gatewayConfig(env).corsOrigins).toEqual(bffConfig(env).corsOrigins);
});

const faults = (read: () => unknown): string[] => {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
};

const placeholder = 'is a placeholder; production needs a secret of its own, such as openssl rand -base64 32 makes';

test.each([
  'changeme',
  'Change-Me',
  'change_me_123',
  'secret',
  'password',
  'Password1',
  'example',
  'your-secret',
  'mealprep360',
  '123456',
  'xxxxxxxx',
  'abcdef',
  '<password>',
  '${DB_PASSWORD}',
])('in production %j is no password of a database', password => {
  expect(faults(users({ NODE_ENV: 'production', USER_DB_PASS: password }))).toEqual([`USER_DB_PASS: ${placeholder}`]);
});

test.each([
  ['REDIS_URL', 'redis://users:changeme@redis:6379'],
  ['REDIS_URL', 'rediss://:secret@redis:6379/2'],
  ['REDIS_URL', 'redis+cluster://users:changeme@one:6379,two:6379'],
  ['USER_DB_URI', 'mongodb://users:p%61ssword@one:27017,two:27017/?replicaSet=rs0'],
])('in production the password within %s %j is refused', (name, value) => {
  expect(faults(users({ NODE_ENV: 'production', [name]: value }))).toEqual([`${name}: its password ${placeholder}`]);
});

test.each([
  ['all zero', Buffer.alloc(32)],
  ['a row of bytes', Buffer.from(Array.from({ length: 32 }, (_, index) => index))],
  ['a word again and again', Buffer.from('changeme'.repeat(4))],
])('in production a master key that is %s is refused', (_, key) => {
  expect(faults(users({ NODE_ENV: 'production', USER_KEYS_MASTER_KEY: key.toString('base64') }))).toEqual([
    `USER_KEYS_MASTER_KEY: ${placeholder}`,
  ]);
});

test('every placeholder is told at once, beside all else that is wrong', () => {
  const zero = Buffer.alloc(32).toString('base64');
  const all = { USER_DB_PASS: 'secret', REDIS_URL: 'redis://users:example@redis', USER_KEYS_MASTER_KEY: zero };
  const names = faults(users({ NODE_ENV: 'production', LOG_LEVEL: 'loud', ...all })).map(line => line.split(':')[0]);
  expect(names.sort()).toEqual(['LOG_LEVEL', 'REDIS_URL', 'USER_DB_PASS', 'USER_KEYS_MASTER_KEY']);
});

test('the gateway refuses a placeholder, too', () => {
  const files = { SIGNING_KEY_FILE: 'gateway.key.json', PUBLIC_KEYS_FILE: 'public.jwks.json' };
  const read = () =>
    gatewayConfig({ NODE_ENV: 'production', PORT: '4000', ...files, REDIS_URL: 'redis://gateway:password@redis' });
  expect(faults(read)).toEqual([`REDIS_URL: its password ${placeholder}`]);
});

test('a chosen secret is taken, also one with a guess in it', () => {
  const chosen = { USER_DB_PASS: 'my-secret-otter-42-flies', REDIS_URL: 'redis://users:Zr_4-tQ0password@redis:6379' };
  expect(faults(users({ NODE_ENV: 'production', ...chosen }))).toEqual([]);
});

test('an address without a password is taken: access may be kept by other means', () => {
  expect(faults(users({ NODE_ENV: 'production', REDIS_URL: 'redis://redis:6379' }))).toEqual([]);
});

test('outside of production a placeholder does no harm', () => {
  expect(faults(users({ USER_DB_PASS: 'changeme' }))).toEqual([]);
  expect(bffConfig({ PORT: '4010' }).production).toBe(false);
});

test('what kills a process for a test is refused in production', () => {
  const read = users({ NODE_ENV: 'production', CRASH_AT: 'relay.published#2', AUDIT_EVENTS: 'true' });
  expect(faults(read)).toEqual([
    'CRASH_AT: is for tests, not for production',
    'AUDIT_EVENTS: is for tests, not for production',
  ]);
  expect(users({ CRASH_AT: 'relay.published#2' })()).toMatchObject({
    crashAt: 'relay.published#2',
    auditEvents: false,
  });
});
