import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import type { RunningGateway } from '../src/gateway.ts';
import { redisLine, type RedisLine } from './redis-line.ts';
import { accessToken, ask, gatewayOver } from './small-house.ts';
import { twoRooms } from './two-rooms.ts';

let rooms: Awaited<ReturnType<typeof twoRooms>>;
let line: RedisLine;
let gateway: RunningGateway;
let redis: Redis;
let sessionId: string;
let headers: { authorization: string };

beforeEach(async () => {
  rooms = await twoRooms();
  line = await redisLine(inject('servers').redis.services.gateway ?? '');
  gateway = await gatewayOver([rooms.users, rooms.recipes], { redisUrl: line.url });
  redis = new Redis(inject('servers').redis.services.users ?? '', { replyMapping: 'legacy' });
  sessionId = crypto.randomUUID();
  headers = { authorization: `Bearer ${await accessToken('1'.repeat(24), sessionId)}` };
});

afterEach(async () => {
  await gateway.stop();
  redis.disconnect();
  await line.close();
  rooms.users.manners.hangs = false;
  await rooms.stop();
});

const look = () => ask(gateway.url, '{ me { id } }', { headers });
const status = async () => (await look()).status;
const endInRedis = () => redis.set(`{revoked}:${sessionId}`, '1', 'EX', 900);
const endInUsers = () => rooms.users.manners.revoked.push(sessionId);

test('a session that Redis says was ended is refused', async () => {
  expect(await status()).toBe(200);
  await endInRedis();
  await expect.poll(status).toBe(401);
  const { errors } = await look();
  expect(errors[0]).toEqual({
    message: 'This session was ended. Sign in again.',
    extensions: { code: 'UNAUTHENTICATED' },
  });
});

test('without Redis, users is asked', async () => {
  await status();
  line.cut();
  endInUsers();
  await expect.poll(status).toBe(401);
});

test('a Redis that hangs holds nobody up, and is asked once, not on every request', async () => {
  // whether Redis is back is asked again and again, of a key of its own
  const asked = () => [...line.asked().matchAll(/\{revoked\}:(?!filled)/g)].length;
  await status();
  const before = asked();
  // it never answers again
  line.silence();
  endInUsers();
  await status();
  expect(asked()).toBe(before + 1);
  await expect.poll(status).toBe(401);
  headers = { authorization: `Bearer ${await accessToken()}` };
  expect(await status()).toBe(200);
  expect(asked()).toBe(before + 1);
});

test('a Redis that came back without its keys does not bring an ended session back', async () => {
  expect(await status()).toBe(200);
  line.cut();
  endInUsers();
  line.mend();
  await expect.poll(line.replies).toContain('redis_version');
  await expect.poll(status).toBe(401);
});

test('with Redis and users down, the token holds', async () => {
  line.cut();
  await rooms.users.stop();
  const { status: held, data } = await look();
  await rooms.users.restart();
  expect([held, data]).toEqual([200, { me: { id: '1'.repeat(24) } }]);
});
