import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServers } from '../src/fixture.ts';
import type { Servers } from '../src/fixture.ts';

const { MongoClient } = mongoose.mongo;

let servers: Servers;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ servers, stop } = await startServers());
});
afterAll(() => stop());

async function asRedisUser<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { replyMapping: 'legacy' });
  // the command itself tells
  redis.on('error', () => undefined);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

const redisOf = (name: string) => servers.redis.services[name] ?? '';

async function asDatabaseUser<T>(
  uri: string,
  work: (client: InstanceType<typeof MongoClient>) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(uri);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

const mongodbOf = (name: string) => servers.mongodb.services[name] ?? '';

describe('the Redis user of a service', () => {
  it('writes its own stream, and another service reads it', async () => {
    await asRedisUser(redisOf('recipes'), redis => redis.xadd('{recipes}:events:0', '1-0', 'event', 'said'));
    const read = await asRedisUser(redisOf('shopping'), redis => redis.xread('STREAMS', '{recipes}:events:0', '0'));
    expect(read).toEqual([['{recipes}:events:0', [['1-0', ['event', 'said']]]]]);
  });

  it.each([
    ['a write to another service’s stream', ['XADD', '{users}:events:0', '1-0', 'event', 'forged']],
    ['a deletion from another service’s stream', ['XDEL', '{users}:events:0', '1-0']],
    ['a read of another service’s own keys', ['GET', '{users}:head']],
    ['a write of a key that belongs to nobody', ['SET', 'anything', '1']],
    ['a revocation of a session', ['SET', '{revoked}:1', '1']],
    [
      'a Lua script that writes another’s stream',
      ['EVAL', "return redis.call('XADD', KEYS[1], '*', 'a', 'b')", '1', '{users}:events:0'],
    ],
    ...[
      'FLUSHALL',
      'FLUSHDB',
      'SHUTDOWN',
      'KEYS *',
      'SCAN 0',
      'CONFIG GET *',
      'DEBUG SLEEP 0',
      'ACL LIST',
      'MONITOR',
    ].map((command): [string, string[]] => [command, command.split(' ')]),
  ])('is refused %s', async (_, [command = '', ...args]) => {
    const refused = asRedisUser(redisOf('recipes'), redis => redis.call(command, ...args));
    await expect(refused).rejects.toThrow(/NOPERM|ACL failure|DEBUG command not allowed/);
  });

  it('can see whether this Redis evicts keys, and take part in transactions and scripts', async () => {
    await asRedisUser(redisOf('recipes'), async redis => {
      expect(await redis.info('memory')).toContain('maxmemory_policy:noeviction');
      await redis.multi().set('{recipes}:a', '1').incr('{recipes}:a').exec();
      expect(await redis.eval("return redis.call('GET', KEYS[1])", 1, '{recipes}:a')).toBe('2');
    });
  });

  it('of users revokes sessions, the gateway reads it and cannot undo it', async () => {
    await asRedisUser(redisOf('users'), redis => redis.set('{revoked}:session', '1', 'EX', 900));
    expect(await asRedisUser(redisOf('gateway'), redis => redis.get('{revoked}:session'))).toBe('1');
    await expect(asRedisUser(redisOf('gateway'), redis => redis.del('{revoked}:session'))).rejects.toThrow(/NOPERM/);
  });

  it('is needed: nobody comes in without a password', async () => {
    const anybody = asRedisUser(redisOf('users').replace(/\/\/.*@/, '//'), redis => redis.get('{revoked}:session'));
    await expect(anybody).rejects.toThrow(/NOAUTH/);
  });
});

describe('the database user of a service', () => {
  it('does in its own database what a service does', async () => {
    await asDatabaseUser(mongodbOf('recipes'), async client => {
      const db = client.db('mealprep360_recipes');
      await db.createCollection('rebuilt');
      await db.collection('rebuilt').createIndexes([{ key: { slug: 1 }, unique: true }]);
      const changes = db.collection('rebuilt').watch();
      const first = changes.next();
      await client.withSession(session =>
        session.withTransaction(() => db.collection('rebuilt').insertOne({ slug: 'dahl' }, { session })),
      );
      expect(await first).toMatchObject({ operationType: 'insert' });
      await changes.close();
      await db.createCollection('copy');
      await db.collection('rebuilt').rename('copy', { dropTarget: true });
      expect(await db.collection('copy').countDocuments()).toBe(1);
    });
  });

  it.each(['mealprep360_users', 'mealprep360', 'admin', 'local'])('cannot open %s', async database => {
    await asDatabaseUser(mongodbOf('recipes'), async client => {
      const collection = client.db(database).collection('users');
      await expect(collection.findOne()).rejects.toThrow(/not authorized on/);
      await expect(collection.insertOne({ name: 'Mallory' })).rejects.toThrow(/not authorized on/);
    });
  });

  it('is needed: nobody comes in without a password', async () => {
    const anybody = mongodbOf('recipes')
      .replace(/\/\/.*@/, '//')
      .replace('authSource=admin&', '');
    await asDatabaseUser(anybody, async client => {
      await expect(client.db('mealprep360_recipes').collection('a').findOne()).rejects.toThrow(
        /requires authentication/,
      );
    });
  });
});
