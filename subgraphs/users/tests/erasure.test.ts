import { EraseUserData, keepers, type Keeper } from '@mealprep360/contracts/commands';
import { command } from '@mealprep360/events/commands';
import { outboxCollection } from '@mealprep360/events/outbox';
import type { Scope, Subgraph } from '@mealprep360/service/subgraph';
import type { Tx } from '@mealprep360/events/unit-of-work';
import { room, type AnyRoom, type Rooms } from '@mealprep360/testing/rooms';
import { parse } from 'graphql';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openUsers, password, REFRESH, signIn, SIGN_IN, signUp, type Person } from './people.ts';

/** A service that has one record of everybody, and erases it when it is asked. */
const keeper = (name: Keeper): AnyRoom => {
  const erase = command<Tx>()(EraseUserData(name), {
    run: () => Promise.resolve({ recordsErased: 1, recordsAnonymised: 2 }),
    forTheGone: true,
  });
  const subgraph: Subgraph<Tx, Scope<Tx>> = {
    ...{ name, envPrefix: '', typeDefs: parse('type Query { _keeper: Boolean }'), resolvers: {}, collections: [] },
    ...{ context: scope => scope, work: tx => tx, heardBy: ['users'], commands: [erase] },
  };
  return room(subgraph);
};

let rooms: Rooms;
let redis: Redis;
beforeAll(async () => {
  rooms = await openUsers(...keepers.map(keeper));
  redis = new Redis(rooms.redisUrl, { replyMapping: 'legacy' });
});
afterAll(async () => {
  redis.disconnect();
  await rooms.stop();
});

const ERASURE = 'id status requestedAt completedAt steps { service status recordsErased recordsAnonymised finishedAt }';
const remove = async ({ viewer }: Person, given = password, idempotencyKey = 'once') => {
  const document = `mutation ($input: DeleteAccountInput!) {
    deleteAccount(input: $input) { erasure { ${ERASURE} } userErrors { code path } }
  }`;
  return rooms.query('users', viewer, document, { input: { password: given, idempotencyKey } });
};
const receipt = async (id: string) =>
  (await rooms.query('users', null, `{ accountErasure(id: "${id}") { ${ERASURE} } }`)).data.accountErasure;
const isErased = (id: string) => expect.poll(async () => (await receipt(id)).status).toBe('SUCCEEDED');
const collection = (name: string) => {
  const { db } = rooms.service('users');
  return db.connection.getClient().db(db.name).collection<{ _id: string }>(name);
};

test('an account goes with its password only, and with it all its sessions at once', async () => {
  const phone = await signUp(rooms);
  const laptop = await signIn(rooms, phone.email);
  expect((await remove(phone, 'wrong')).data.deleteAccount).toEqual({
    erasure: null,
    userErrors: [{ code: 'INVALID_CREDENTIALS', path: ['input', 'password'] }],
  });
  const { erasure } = (await remove(phone)).data.deleteAccount;
  expect(erasure.steps.map(({ service }: { service: string }) => service)).toEqual(['users', ...keepers]);
  for (const { viewer, refreshToken } of [phone, laptop]) {
    expect(await redis.exists(`{revoked}:${viewer.sessionId}`)).toBe(1);
    const { data } = await rooms.query('users', null, REFRESH, { token: refreshToken });
    expect(data.refreshSession.userErrors).toMatchObject([{ code: 'INVALID_REFRESH_TOKEN' }]);
  }
  const told = await rooms.askInternal('gateway', 'users', '/internal/sessions/revoked');
  const ids = [phone, laptop].map(({ viewer }) => viewer.sessionId);
  expect(told).toEqual({ revoked: expect.arrayContaining(ids) as string[] });
  const { data } = await rooms.query('users', null, SIGN_IN, { input: { email: phone.email, password } });
  expect(data.signIn.userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
});

test('the receipt tells what each service did, to whoever has its id', async () => {
  const { erasure } = (await remove(await signUp(rooms))).data.deleteAccount;
  expect(erasure.id).toMatch(/^[0-9a-f-]{36}$/);
  await isErased(erasure.id);
  const done = await receipt(erasure.id);
  expect(done.completedAt).not.toBeNull();
  // one event, one session, four projections, the password's hash and the key
  expect(done.steps[0]).toMatchObject({ service: 'users', recordsErased: 8, recordsAnonymised: 0 });
  for (const step of done.steps.slice(1)) {
    expect(step).toMatchObject({ status: 'SUCCEEDED', recordsErased: 1, recordsAnonymised: 2 });
    expect(Date.parse(step.finishedAt)).toBeLessThanOrEqual(Date.parse(done.completedAt));
  }
  expect(await receipt('00000000-0000-0000-0000-000000000000')).toBeNull();
});

test('asked many times at once, and again later under another key, it is one erasure', async () => {
  const ana = await signUp(rooms);
  const answers = await Promise.all(Array.from({ length: 8 }, () => remove(ana)));
  const later = await remove(ana, 'anything', 'another');
  const ids = [...answers, later].map(({ data }) => data.deleteAccount.erasure.id);
  expect(new Set(ids).size).toBe(1);
});

test('nothing is left to open, and of the events only that they were', async () => {
  const ana = await signUp(rooms);
  const likes = 'mutation { updatePreferences(input: { dislikedIngredients: ["okra"] }) { userErrors { code } } }';
  await rooms.query('users', ana.viewer, likes);
  await rooms.query('users', null, SIGN_IN, { input: { email: ana.email, password: 'wrong' } });
  const { userId } = ana.viewer;
  const { erasure } = (await remove(ana)).data.deleteAccount;
  await isErased(erasure.id);
  for (const name of [
    'users',
    'user_preferences',
    'user_settings',
    'user_subscriptions',
    'user_credentials',
    'user_keys',
  ]) {
    expect([name, await collection(name).countDocuments({ _id: userId })]).toEqual([name, 0]);
  }
  expect(await collection('user_sessions').countDocuments({ userId })).toBe(0);
  const rows = await rooms
    .service('users')
    .db.raw(outboxCollection('user_events'))
    .find({ aggregateId: userId })
    .sort({ version: 1 })
    .toArray();
  expect(rows).toMatchObject([
    { eventType: 'UserCreated', version: 1, erased: true, eventData: null },
    { eventType: 'UserUpdated', version: 2, erased: true, eventData: null },
    { eventType: 'UserDeleted', version: 3, erased: false, eventData: { id: userId } },
  ]);
  expect(rows.filter(row => row.sealed !== undefined)).toEqual([]);
  const seen = await rooms.query('users', ana.viewer, '{ me { id email displayName sessions { id } } session { id } }');
  expect(seen.data).toEqual({ me: { id: userId, email: null, displayName: null, sessions: [] }, session: null });
});

test('the address is free for somebody new, and a session that was ended deletes nothing', async () => {
  const ana = await signUp(rooms);
  await remove(ana);
  const again = await signUp(rooms, { email: ana.email });
  expect(again.viewer.userId).not.toBe(ana.viewer.userId);
  await rooms.query('users', again.viewer, 'mutation { signOut }');
  expect((await remove(again)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  await signIn(rooms, ana.email);
});
