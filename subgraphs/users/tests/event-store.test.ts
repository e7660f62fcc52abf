import { CommandRequested } from '@mealprep360/contracts/commands';
import { PARTITIONS } from '@mealprep360/contracts/envelope';
import type { OutboxRow } from '@mealprep360/events/outbox';
import { newId } from '@mealprep360/mongo/id';
import { speaker, type Rooms } from '@mealprep360/testing/rooms';
import { Redis } from 'ioredis';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { evolve, type User } from '../src/domain/user.ts';
import { userKeyCollection } from '../src/models/user-key.ts';
import { userPreferencesCollection } from '../src/models/user-preferences.ts';
import { userSettingsCollection } from '../src/models/user-settings.ts';
import { userSubscriptionCollection } from '../src/models/user-subscription.ts';
import { userCollection } from '../src/models/user.ts';
import { projectionsOf } from '../src/projections.ts';
import { CannotUnseal, unseal } from '../src/sealing.ts';
import { read, userEvents } from '../src/user-store.ts';
import { openUsers, signUp, type Person } from './people.ts';

const email = 'Wilhelmina.Quartz@Example.org';
const displayName = 'Wilhelmina Quartz';
const avatar = 'https://pictures.example/quartz.png';

let rooms: Rooms;
let mina: Person;
beforeAll(async () => {
  rooms = await openUsers(speaker('mealplans'));
  mina = await signUp(rooms, { email, displayName });
  const { errors } = await rooms.query(
    'users',
    mina.viewer,
    `mutation {
      a: updateProfile(input: { avatar: "${avatar}" }) { userErrors { code } }
      b: updatePreferences(input: { dislikedIngredients: ["okra"], diets: [VEGAN] }) { userErrors { code } }
      c: updateSettings(input: { locale: "mi" }) { userErrors { code } }
      d: changeSubscription(plan: PLUS) { userErrors { code } }
    }`,
  );
  if (errors) throw new Error(JSON.stringify(errors));
});
afterAll(() => rooms.stop());

const db = () => rooms.service('users').db;
const eventsOf = (id: string): Promise<OutboxRow[]> =>
  db().raw(userEvents).find({ aggregateType: 'User', aggregateId: id }).sort({ version: 1 }).toArray();

async function keyOf(userId: string): Promise<Buffer> {
  const master = Buffer.from(readFileSync(inject('servers').keys.usersMaster, 'utf8').trim(), 'base64');
  const row = await db().raw(userKeyCollection).findOne({ _id: userId });
  return unseal(master, row?.wrapped ?? Buffer.alloc(0), `key of user ${userId}`);
}

/** every byte that is stored of an event, as text */
const bytes = (row: OutboxRow): string =>
  JSON.stringify({ ...row, sealed: undefined }) + (row.sealed?.toString('latin1') ?? '');
const personalWords = [/wilhelmina/i, /quartz/i, /example\.org/i, /PLUS/];

describe('the events of a user', () => {
  it('hold nothing personal that can be read', async () => {
    const rows = await eventsOf(mina.viewer.userId);
    expect(rows.map(row => row.version)).toEqual([1, 2, 3, 4, 5]);
    for (const row of rows) {
      expect(row.sealed?.length).toBeGreaterThan(29);
      for (const word of personalWords) expect(bytes(row)).not.toMatch(word);
    }
    expect(rows.slice(2).map(bytes)).toEqual(Array(3).fill(expect.stringContaining('okra')));
  });

  it('are opened by their key, and hold all that the person is', async () => {
    const key = await keyOf(mina.viewer.userId);
    const [first, second] = (await eventsOf(mina.viewer.userId)).map(row => read(row, key));
    expect(first?.personal).toMatchObject({ email, displayName, roles: ['USER'] });
    expect(second?.personal).toEqual({ avatar });
  });

  it('cannot be opened by another key, in another place of the story, or after they were altered', async () => {
    const key = await keyOf(mina.viewer.userId);
    const other = await keyOf((await signUp(rooms)).viewer.userId);
    const [row] = await eventsOf(mina.viewer.userId);
    if (!row?.sealed) throw new Error('there is no event');
    const flipped = Buffer.from(row.sealed);
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
    expect(() => read(row, other)).toThrow(CannotUnseal);
    expect(() => read({ ...row, version: 2 }, key)).toThrow(CannotUnseal);
    expect(() => read({ ...row, sealed: flipped }, key)).toThrow(CannotUnseal);
  });

  it('leave the room without what is personal, by stream and by history', async () => {
    const redis = new Redis(rooms.redisUrl, { replyMapping: 'legacy' });
    const streams = async () => {
      const each = Array.from({ length: PARTITIONS }, (_, i) => redis.xrange(`{users}:events:${i}`, '-', '+'));
      return JSON.stringify(await Promise.all(each));
    };
    await expect.poll(streams, { timeout: 10_000 }).toMatch(/okra.*okra.*okra/s);
    const said = await streams();
    redis.disconnect();
    const [row] = await eventsOf(mina.viewer.userId);
    const history = await rooms.askInternal('mealplans', 'users', '/internal/events/read', {
      partition: row?.partition,
      from: 1,
    });
    expect(JSON.stringify(history)).toContain('okra');
    for (const text of [said, JSON.stringify(history)]) {
      expect(text).not.toContain('sealed');
      for (const word of personalWords) expect(text).not.toMatch(word);
    }
  });

  it('are read by the services that hear them, and by nobody else', async () => {
    const read = (from: string) => rooms.askInternal(from, 'users', '/internal/events/read', { partition: 0, from: 1 });
    const heads = (from: string) => rooms.askInternal(from, 'users', '/internal/events/heads');
    expect(await heads('mealplans')).toMatchObject({ heads: expect.any(Array) as unknown });
    for (const stranger of ['gateway', 'ops', 'dev-env']) {
      await expect(read(stranger)).rejects.toThrow('403');
      await expect(heads(stranger)).rejects.toThrow('403');
    }
  });

  it('told again from the first one give the very records that are read', async () => {
    const id = mina.viewer.userId;
    const key = await keyOf(id);
    const user = (await eventsOf(id)).map(row => read(row, key)).reduce<User | null>(evolve, null);
    if (user === null) throw new Error('there is no user');
    const stored = {
      user: await db().raw(userCollection).findOne({ _id: id }),
      preferences: await db().raw(userPreferencesCollection).findOne({ _id: id }),
      settings: await db().raw(userSettingsCollection).findOne({ _id: id }),
      subscription: await db().raw(userSubscriptionCollection).findOne({ _id: id }),
    };
    expect(stored).toEqual(projectionsOf(id, user));
    expect(user).toMatchObject({ version: 5, email, avatar, subscription: { plan: 'PLUS' } });
  });

  it('number a burst of changes without a gap, and lose none', async () => {
    const kiri = await signUp(rooms);
    const change = (field: string) =>
      rooms.query('users', kiri.viewer, `mutation { updatePreferences(input: { ${field} }) { userErrors { code } } }`);
    const fields = ['diets: [VEGAN]', 'allergens: [MILK]', 'defaultServings: 7', 'favoriteCuisines: ["Maori"]'];
    const answers = await Promise.all(fields.map(change));
    expect(answers.map(({ errors, data }) => errors ?? data.updatePreferences.userErrors)).toEqual([[], [], [], []]);
    expect((await eventsOf(kiri.viewer.userId)).map(row => row.version)).toEqual([1, 2, 3, 4, 5]);
    const { data } = await rooms.query(
      'users',
      kiri.viewer,
      '{ me { preferences { diets allergens defaultServings favoriteCuisines } } }',
    );
    expect(data.me.preferences).toEqual({
      diets: ['VEGAN'],
      allergens: ['MILK'],
      defaultServings: 7,
      favoriteCuisines: ['Maori'],
    });
  });
});

describe('a saga that asks whether it may act for a user', () => {
  const ask = async (userId: string) => {
    const sagaId = newId();
    const deadline = new Date(Date.now() + 10_000);
    const request = { sagaId, step: 0, command: 'ValidateUser', undo: false, input: { userId }, deadline };
    await rooms.say('mealplans', CommandRequested.of(sagaId, 1, request, 'users'));
    const answer = () => db().raw(userEvents).findOne({ eventType: 'CommandAnswered', 'eventData.sagaId': sagaId });
    await expect.poll(answer, { timeout: 10_000 }).not.toBeNull();
    return (await answer())?.eventData;
  };

  it('is told yes for one who is there', async () => {
    expect(await ask(mina.viewer.userId)).toMatchObject({ outcome: 'DONE', reply: {}, error: null });
  });

  it('is refused for one who is not', async () => {
    expect(await ask('0'.repeat(24))).toMatchObject({ outcome: 'REFUSED', error: { code: 'USER_NOT_FOUND' } });
  });

  it('is refused for one who is gone', async () => {
    const gone = await signUp(rooms);
    const actor = { userId: null, correlationId: 'test', causationId: null, traceparent: null };
    await rooms.service('users').events.commit(actor, tx => {
      tx.entomb('User', gone.viewer.userId);
      return Promise.resolve();
    });
    expect(await ask(gone.viewer.userId)).toMatchObject({ outcome: 'REFUSED', error: { code: 'USER_NOT_FOUND' } });
    const { errors } = await rooms.query('users', gone.viewer, 'mutation { signOut }');
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});
