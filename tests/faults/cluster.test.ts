import { prepareForeignRedis, userUrl } from '@mealprep360/dev-env/redis';
import { redisBus } from '@mealprep360/events/redis-bus';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { revocations } from '../../gateway/src/revocations.ts';
import { redisKinds, type OwnRedis } from './redis-kinds.ts';

const logger = pino({ level: 'silent' });
const clusters = (await redisKinds()).filter(({ title, missing }) => title.includes('cluster') && missing === null);

describe.each(clusters)('a house on $title', ({ start }) => {
  let redis: OwnRedis;
  const users = ['users', 'gateway', 'recipes'].map(name => ({ name, password: `${name}'s p@ss:word/1` }));
  const urlOf = (name: string): string =>
    userUrl(redis.url, users.find(user => user.name === name) ?? expect.unreachable(`${name} has no user`));
  beforeAll(async () => {
    redis = await start();
    await prepareForeignRedis(redis.url, users);
  });
  afterAll(() => redis.stop());

  test('has a user per process on each server, who writes its own streams and no other’s', async () => {
    const bus = redisBus(urlOf('recipes'), 'recipes', logger);
    await vi.waitFor(() => bus.heads('users'), { timeout: 10_000 });
    const event = { eventId: 'e', eventType: 'RecipeRated', aggregateId: 'r', aggregateType: 'R', eventData: {} };
    const rest = { timestamp: new Date(), version: 1, schemaVersion: 1, partition: 0, seq: 1, correlationId: 'c' };
    const said = { ...event, ...rest, causationId: null, traceparent: null, userId: null, to: null, erased: false };
    await bus.publish('recipes', [said]);
    expect(await bus.subscribe('recipes').read(new Map([[0, 0]]), 5000)).toEqual([said]);
    await expect(bus.publish('users', [said])).rejects.toThrow(/NOPERM/);
    bus.close();
  });

  test('refuses ended sessions, and asks users for them after the server that keeps them was away', async () => {
    await redis.admin.set('{revoked}:ended', '1');
    const told = vi.fn(() => Promise.resolve({ revoked: ['ended'] }));
    const sessions = revocations(urlOf('gateway'), told, logger);
    await expect.poll(() => sessions.isRevoked('ended')).toBe(true);
    // once users was asked, Redis alone is
    await expect.poll(() => sessions.isRevoked('other')).toBe(false);
    const server = await redis.hold('{revoked}:ended', 'SIGKILL');
    await expect.poll(() => server.pid()).toBe(null);
    expect(await sessions.isRevoked('ended')).toBe(true);
    expect(await sessions.isRevoked('other')).toBe(false);
    const asked = told.mock.calls.length;
    server.release();
    // it has come back empty: what it says is not taken before users was asked again
    await vi.waitFor(() => redis.admin.exists('{revoked}:ended'), { timeout: 20_000 });
    const askedAgain = async () => {
      await sessions.isRevoked('other');
      return told.mock.calls.length;
    };
    await expect.poll(askedAgain, { timeout: 5000 }).toBeGreaterThan(asked);
    expect(await sessions.isRevoked('ended')).toBe(true);
    sessions.close();
  });
});
