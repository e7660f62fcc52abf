import { ownWrites } from '@mealprep360/service/own-writes';
import { openRooms, room, type Rooms } from '@mealprep360/testing/rooms';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { users } from '../src/index.ts';
import { signUp, type Person } from './people.ts';

let rooms: Rooms;
let redis: Redis;
let mina: Person;
beforeAll(async () => {
  rooms = await openRooms([room(users)], inject('servers'), 'secondaryPreferred');
  redis = new Redis(rooms.redisUrl, { replyMapping: 'legacy' });
  mina = await signUp(rooms);
});
afterAll(async () => {
  redis.disconnect();
  await rooms.stop();
});

/** Where the finds of a request go, of the collections of users. */
async function readsOf(document: string, viewer: Person['viewer'] | null): Promise<string[]> {
  const modes = new Set<string>();
  const client = rooms.service('users').db.connection.getClient();
  const note = (event: { commandName: string; command: Record<string, { mode?: string } | string | undefined> }) => {
    const target = event.command[event.commandName];
    if (typeof target !== 'string') return;
    if (!['find', 'aggregate'].includes(event.commandName) || !/^user(s|_p|_s[ue])/.test(target)) return;
    const preference = event.command.$readPreference;
    modes.add(typeof preference === 'object' ? (preference.mode ?? 'primary') : 'primary');
  };
  client.on('commandStarted', note as never);
  const { errors } = await rooms.query('users', viewer, document);
  client.off('commandStarted', note as never);
  expect(errors).toBeUndefined();
  return [...modes];
}

const me = '{ me { email preferences { defaultServings } sessions { id } } }';
const laterBy5s = (person: Person) => redis.del(`{users}:wrote:${person.viewer.userId}`);

it('what somebody wrote within 5 s they read where it was written, from their first request on', async () => {
  const left = await redis.pttl(`{users}:wrote:${mina.viewer.userId}`);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(5000);
  expect(await readsOf(me, mina.viewer)).toEqual(['primary']);
});

it('after that, queries go where it is preferred, and those of nobody known do', async () => {
  await laterBy5s(mina);
  expect(await readsOf(me, mina.viewer)).toEqual(['secondaryPreferred']);
  const entity = `{ _entities(representations: [{ __typename: "User", id: "${mina.viewer.userId}" }]) { ... on User { displayName } } }`;
  expect(await readsOf(entity, null)).toEqual(['secondaryPreferred']);
});

it('mutations and transactions read where is written, and so does what follows them', async () => {
  await laterBy5s(mina);
  const change = 'mutation { updatePreferences(input: { defaultServings: 5 }) { user { displayName } } }';
  expect(await readsOf(change, mina.viewer)).toEqual(['primary']);
  expect(await readsOf(me, mina.viewer)).toEqual(['primary']);
});

it('while Redis does not answer everybody counts as one who wrote', async () => {
  const gone = new Redis({ port: 1, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  gone.on('error', () => undefined);
  const writes = ownWrites(gone, 'users');
  expect(await writes.isRecent('anybody')).toBe(true);
  await writes.note(['anybody']);
  expect(await writes.isRecent('somebody else')).toBe(true);
});
