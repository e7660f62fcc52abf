import { UserSynced } from '@mealprep360/contracts/users';
import type { OutboxRow } from '@mealprep360/events/outbox';
import { speaker, type Rooms } from '@mealprep360/testing/rooms';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { userKeyCollection } from '../src/models/user-key.ts';
import { userPreferencesCollection } from '../src/models/user-preferences.ts';
import { userSnapshotCollection } from '../src/models/user-snapshot.ts';
import { userCollection } from '../src/models/user.ts';
import { userProjections } from '../src/projections.ts';
import { userEvents } from '../src/user-store.ts';
import { openUsers, signUp, type Person } from './people.ts';

let rooms: Rooms;
beforeAll(async () => {
  rooms = await openUsers(speaker('mealplans'));
});
afterAll(() => rooms.stop());

const service = () => rooms.service('users');
const db = () => service().db;
async function like({ viewer }: Person, servings: number) {
  const change = `mutation { updatePreferences(input: { defaultServings: ${servings} }) { userErrors { code } } }`;
  expect((await rooms.query('users', viewer, change)).errors).toBeUndefined();
}
const stored = () =>
  Promise.all(
    userProjections.collections.map(({ name }) =>
      db()
        .raw({ ...userCollection, name })
        .find()
        .toArray(),
    ),
  );

async function rebuilt() {
  await service().events.readModels.rebuild('user_projections', 'ana');
  const found = () => service().events.readModels.find('user_projections');
  await expect.poll(async () => (await found())?.state).toBe('DONE');
  return found();
}

it('a user of many events is read from a snapshot and the events after it', async () => {
  const mina = await signUp(rooms);
  const id = mina.viewer.userId;
  for (let version = 2; version <= 102; version++) await like(mina, (version % 50) + 1);
  const kept = await db().raw(userSnapshotCollection).findOne({ _id: id });
  expect(kept).toMatchObject({ version: 100 });
  expect(kept?.sealed.toString('latin1')).not.toContain(mina.email);
  const read: number[] = [];
  const client = db().connection.getClient();
  const note = ({ reply }: { reply: { cursor?: { ns: string; firstBatch: Partial<OutboxRow>[] } } }) => {
    const own = reply.cursor?.firstBatch.filter(row => row.aggregateId === id && row.sealed !== undefined) ?? [];
    if (own.length > 0) read.push(own.length);
  };
  client.on('commandSucceeded', note as never);
  await like(mina, 99);
  client.off('commandSucceeded', note as never);
  expect(read).toEqual([2]);
  const { data } = await rooms.query(
    'users',
    mina.viewer,
    '{ me { email displayName preferences { defaultServings } } }',
  );
  expect(data.me).toEqual({ email: mina.email, displayName: 'Ana', preferences: { defaultServings: 99 } });
});

it('projections that are rebuilt while people write are what they were', async () => {
  const people = await Promise.all(Array.from({ length: 4 }, () => signUp(rooms)));
  let goesOn = true;
  const writing = people.map(async (person, index) => {
    let last = 1;
    while (goesOn) await like(person, (last = (last % 90) + 1 + (index % 2)));
    return last;
  });
  const found = [await rebuilt(), await rebuilt()];
  goesOn = false;
  const servings = await Promise.all(writing);
  for (const rebuild of found) {
    expect(rebuild?.comparison).toMatchObject({ missing: 0, extra: 0, different: 0 });
    expect(rebuild?.comparison?.rebuiltHash).toBe(rebuild?.comparison?.liveHash);
    expect(rebuild?.paused).toBeLessThanOrEqual(1000);
  }
  const ids = people.map(({ viewer }) => viewer.userId);
  const kept = await Promise.all(ids.map(_id => db().raw(userPreferencesCollection).findOne({ _id })));
  expect(kept.map(preferences => preferences?.defaultServings)).toEqual(servings);
});

it('a projection that is not what the events tell is found and mended; who has no key is left out', async () => {
  const [wrong, gone] = [await signUp(rooms), await signUp(rooms)];
  const before = await stored();
  await db()
    .raw(userCollection)
    .updateOne({ _id: wrong.viewer.userId }, { $set: { displayName: 'Somebody' } });
  await db().raw(userKeyCollection).deleteOne({ _id: gone.viewer.userId });
  const found = await rebuilt();
  expect(found?.comparison).toMatchObject({ missing: 0, extra: 4, different: 1 });
  const without = before.map(rows => rows.filter(({ _id }) => _id !== gone.viewer.userId));
  const sorted = (all: { _id: string }[][]) => all.map(rows => rows.toSorted((a, b) => (a._id < b._id ? -1 : 1)));
  expect(sorted(await stored())).toEqual(sorted(without));
});

it('users are said once more at the version that they have, and nothing of them changes', async () => {
  const mina = await signUp(rooms);
  await like(mina, 7);
  const userId = mina.viewer.userId;
  const before = await stored();
  const sync = (body: object) => rooms.askInternal('ops', 'users', '/internal/ops/sync', body);
  expect(await sync({ userId })).toEqual({ users: 1, total: 1, next: null });
  expect(await sync({ userId })).toEqual({ users: 1, total: 1, next: null });
  const said = await db()
    .raw(userEvents)
    .find({ aggregateType: UserSynced.aggregateType, aggregateId: userId })
    .toArray();
  expect(said.map(({ version, eventData }) => [version, (eventData as { version: number }).version])).toEqual([
    [1, 2],
    [2, 2],
  ]);
  expect(JSON.stringify(said)).not.toContain(mina.email);
  expect(await stored()).toEqual(before);
  const all = (await db().raw(userCollection).find().toArray()).length;
  const first = (await sync({ limit: all - 1 })) as { next: string };
  expect(first).toMatchObject({ users: all - 1, total: all });
  expect(await sync({ limit: all - 1, after: first.next })).toEqual({ users: 1, total: all, next: null });
  await expect(sync({ userId: '0'.repeat(24) })).rejects.toThrow('users answered 400');
});
