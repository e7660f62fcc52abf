import { startService } from '@mealprep360/service/start-service';
import { openRooms, type Rooms } from '@mealprep360/testing/rooms';
import { Redis } from 'ioredis';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { users } from '../src/index.ts';
import { MAX_SESSIONS, userSessionCollection, type UserSessionRecord } from '../src/models/user-session.ts';
import {
  CHANGE_PASSWORD,
  openUsers,
  password,
  personOf,
  REFRESH,
  signIn,
  signUp,
  viewerOf,
  type Person,
} from './people.ts';

let rooms: Rooms;
let redis: Redis;
beforeAll(async () => {
  rooms = await openUsers();
  redis = new Redis(rooms.redisUrl, { replyMapping: 'legacy' });
});
afterAll(async () => {
  redis.disconnect();
  await rooms.stop();
});

const refresh = async (token: string) => (await rooms.query('users', null, REFRESH, { token })).data.refreshSession;
const sessionsOf = async ({ viewer }: Person) =>
  (await rooms.query('users', viewer, '{ me { sessions { id current userAgent user { id } } } }')).data.me.sessions;
const isRevoked = async ({ viewer }: Person) => (await redis.exists(`{revoked}:${viewer.sessionId}`)) === 1;
const sessions = () => rooms.service('users').db.raw(userSessionCollection);

describe('refreshing', () => {
  it('gives new tokens of the same session, as often as one wants', async () => {
    const ana = await signUp(rooms);
    let { refreshToken } = ana;
    for (let i = 0; i < 3; i++) {
      const next = await refresh(refreshToken);
      expect(next).toMatchObject({ user: { id: ana.viewer.userId }, userErrors: [] });
      expect(await viewerOf(next.accessToken)).toEqual(ana.viewer);
      expect(next.refreshToken).not.toBe(refreshToken);
      refreshToken = next.refreshToken;
    }
  });

  it('is proved by what is not stored', async () => {
    const ana = await signUp(rooms);
    const row = JSON.stringify(await sessions().findOne({ _id: ana.viewer.sessionId ?? '' }));
    const [sessionId = '', family = '', secret = ''] = ana.refreshToken.split('.');
    expect([sessionId, family, secret].map(part => row.includes(part))).toEqual([true, true, false]);
  });

  it('notes when it was', async () => {
    const ana = await signUp(rooms);
    await sessions().updateOne({ _id: ana.viewer.sessionId ?? '' }, { $set: { lastSeenAt: new Date(0) } });
    await refresh(ana.refreshToken);
    const { data } = await rooms.query('users', ana.viewer, '{ session { lastSeenAt createdAt expiresAt } }');
    const { lastSeenAt, createdAt, expiresAt } = data.session;
    expect(Date.parse(lastSeenAt)).toBeGreaterThanOrEqual(Date.parse(createdAt));
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(30 * 24 * 3600_000);
  });

  it('with a spent token ends the session at once, also after many turns', async () => {
    const ana = await signUp(rooms);
    const second = await refresh(ana.refreshToken);
    const third = await refresh(second.refreshToken);
    expect(await refresh(ana.refreshToken)).toMatchObject({
      user: null,
      accessToken: null,
      userErrors: [{ code: 'REFRESH_TOKEN_REUSED', path: ['refreshToken'] }],
    });
    expect(await isRevoked(ana)).toBe(true);
    expect((await refresh(third.refreshToken)).userErrors).toMatchObject([{ code: 'INVALID_REFRESH_TOKEN' }]);
  });

  it('twice at once with one token ends the session: nobody can tell who was first', async () => {
    const ana = await signUp(rooms);
    const answers = await Promise.all([refresh(ana.refreshToken), refresh(ana.refreshToken)]);
    const codes = answers.map(({ userErrors }) => userErrors[0]?.code ?? 'OK').sort();
    expect(codes).toEqual(['OK', 'REFRESH_TOKEN_REUSED']);
    const winner = answers.find(({ refreshToken }) => refreshToken !== null);
    expect((await refresh(winner.refreshToken)).userErrors).toMatchObject([{ code: 'INVALID_REFRESH_TOKEN' }]);
  });

  it('with a token made up of a known session id does nothing to it', async () => {
    const ana = await signUp(rooms);
    const made = `${ana.viewer.sessionId}.${'x'.repeat(22)}.${'y'.repeat(43)}`;
    expect((await refresh(made)).userErrors).toMatchObject([{ code: 'INVALID_REFRESH_TOKEN' }]);
    expect((await refresh(ana.refreshToken)).userErrors).toEqual([]);
  });

  it.each(['', 'x', '{"$gt":""}', 'a'.repeat(10_000)])('with %j is refused', async token => {
    expect((await refresh(token)).userErrors).toMatchObject([{ code: 'INVALID_REFRESH_TOKEN' }]);
  });

  it('is over when the session has expired', async () => {
    const ana = await signUp(rooms);
    await sessions().updateOne(
      { _id: ana.viewer.sessionId ?? '' },
      { $set: { expiresAt: new Date(Date.now() - 1000) } },
    );
    expect((await refresh(ana.refreshToken)).userErrors).toMatchObject([{ code: 'INVALID_REFRESH_TOKEN' }]);
    expect(await sessionsOf(ana)).toEqual([]);
  });
});

describe('signing out', () => {
  it('ends this session, and leaves the others', async () => {
    const phone = await signUp(rooms);
    const laptop = await signIn(rooms, phone.email);
    const { data } = await rooms.query('users', phone.viewer, 'mutation { signOut }');
    expect(data.signOut).toBe(true);
    expect([await isRevoked(phone), await isRevoked(laptop)]).toEqual([true, false]);
    expect(await redis.ttl(`{revoked}:${phone.viewer.sessionId}`)).toBeGreaterThan(890);
    expect((await refresh(phone.refreshToken)).userErrors).toMatchObject([{ code: 'INVALID_REFRESH_TOKEN' }]);
    expect((await rooms.query('users', phone.viewer, '{ session { id } }')).data.session).toBeNull();
    expect(await sessionsOf(laptop)).toMatchObject([{ id: laptop.viewer.sessionId, current: true }]);
  });

  it('of all devices ends all', async () => {
    const phone = await signUp(rooms);
    const laptop = await signIn(rooms, phone.email);
    await rooms.query('users', phone.viewer, 'mutation { signOut(allDevices: true) }');
    expect([await isRevoked(phone), await isRevoked(laptop)]).toEqual([true, true]);
  });

  it('needs somebody who is signed in', async () => {
    const { errors } = await rooms.query('users', null, 'mutation { signOut }');
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('the list of sessions', () => {
  it('tells devices apart, knows the one in use, and lets one be ended from another', async () => {
    const phone = await signUp(rooms);
    const laptop = await signIn(rooms, phone.email, {}, 'Laptop');
    expect(await sessionsOf(phone)).toEqual([
      { id: laptop.viewer.sessionId, current: false, userAgent: 'Laptop', user: { id: phone.viewer.userId } },
      { id: phone.viewer.sessionId, current: true, userAgent: null, user: { id: phone.viewer.userId } },
    ]);
    const revoke = 'mutation ($id: ID!) { revokeSession(id: $id) { deletedId userErrors { code path } } }';
    const { data } = await rooms.query('users', phone.viewer, revoke, { id: laptop.viewer.sessionId });
    expect(data.revokeSession).toEqual({ deletedId: laptop.viewer.sessionId, userErrors: [] });
    expect(await isRevoked(laptop)).toBe(true);
    expect(await sessionsOf(phone)).toHaveLength(1);

    const stranger = await signUp(rooms);
    const theirs = await rooms.query('users', stranger.viewer, revoke, { id: phone.viewer.sessionId });
    const refused = { deletedId: null, userErrors: [{ code: 'SESSION_NOT_FOUND', path: ['id'] }] };
    expect(theirs.data.revokeSession).toEqual(refused);
    expect(await isRevoked(phone)).toBe(false);
  });

  it('shows the 50 newest', async () => {
    const ana = await signUp(rooms);
    const own = await sessions().findOne({ userId: ana.viewer.userId });
    const rows = Array.from({ length: MAX_SESSIONS + 9 }, (_, i) => ({
      ...(own as UserSessionRecord),
      _id: `00000000-0000-0000-0000-${String(i).padStart(12, '0')}`,
      createdAt: new Date(Date.now() - (i + 1) * 1000),
    }));
    await sessions().insertMany(rows);
    const shown = await sessionsOf(ana);
    expect(shown).toHaveLength(MAX_SESSIONS);
    expect(shown[0].id).toBe(ana.viewer.sessionId);
    expect(shown.at(-1).id).toBe(rows[MAX_SESSIONS - 2]?._id);
  });
});

describe('another password', () => {
  const change = async (person: Person, currentPassword: string, newPassword: string) => {
    const input = { currentPassword, newPassword };
    return (await rooms.query('users', person.viewer, CHANGE_PASSWORD, { input })).data.changePassword;
  };

  it('ends every other session, and goes on with this one under new tokens', async () => {
    const phone = await signUp(rooms);
    const laptop = await signIn(rooms, phone.email);
    const changed = await change(laptop, password, 'a rabbit for each carrot');
    expect(changed.userErrors).toEqual([]);
    expect((await personOf(laptop.email, changed)).viewer).toEqual(laptop.viewer);
    expect([await isRevoked(phone), await isRevoked(laptop)]).toEqual([true, false]);
    expect((await refresh(changed.refreshToken)).userErrors).toEqual([]);
    expect((await refresh(laptop.refreshToken)).userErrors).toMatchObject([{ code: 'REFRESH_TOKEN_REUSED' }]);
    await expect(signIn(rooms, phone.email)).rejects.toThrow('INVALID_CREDENTIALS');
    await signIn(rooms, phone.email, { password: 'a rabbit for each carrot' });
  });

  it('is not given for a wrong one, and changes nothing', async () => {
    const ana = await signUp(rooms);
    expect((await change(ana, 'wrong', 'a rabbit for each carrot')).userErrors).toMatchObject([
      { code: 'INVALID_CREDENTIALS', path: ['input', 'currentPassword'] },
    ]);
    expect((await change(ana, password, 'short')).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['input', 'newPassword'] },
    ]);
    await signIn(rooms, ana.email);
  });

  it('is not given to a session that has ended', async () => {
    const ana = await signUp(rooms);
    await rooms.query('users', ana.viewer, 'mutation { signOut }');
    const input = { currentPassword: password, newPassword: 'a rabbit for each carrot' };
    const { errors } = await rooms.query('users', ana.viewer, CHANGE_PASSWORD, { input });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await signIn(rooms, ana.email);
  });
});

describe('what the gateway has to know', () => {
  it('is told by users when Redis cannot be asked', async () => {
    const ana = await signUp(rooms);
    await rooms.query('users', ana.viewer, 'mutation { signOut }');
    const answer = await rooms.askInternal('gateway', 'users', '/internal/sessions/revoked');
    expect(answer).toEqual({ revoked: expect.arrayContaining([ana.viewer.sessionId]) as string[] });
    await expect(rooms.askInternal('recipes', 'users', '/internal/sessions/revoked')).rejects.toThrow('403');
  });

  it('is written again when Redis has lost it', async () => {
    const ana = await signUp(rooms);
    await rooms.query('users', ana.viewer, 'mutation { signOut }');
    await expect.poll(() => redis.exists('{revoked}:filled'), { timeout: 5000 }).toBe(1);
    await redis.flushdb();
    expect(await isRevoked(ana)).toBe(false);
    await expect.poll(() => isRevoked(ana), { timeout: 5000 }).toBe(true);
  });

  it('is written later when it was not at once', async () => {
    const ana = await signUp(rooms);
    await expect.poll(() => redis.exists('{revoked}:filled'), { timeout: 5000 }).toBe(1);
    // a process that was killed between the commit and Redis leaves this behind
    const ended = { revokedAt: new Date(), announcedAt: null };
    await sessions().updateOne({ _id: ana.viewer.sessionId ?? '' }, { $set: ended });
    await expect.poll(() => isRevoked(ana), { timeout: 5000 }).toBe(true);
    const told = () => sessions().findOne({ _id: ana.viewer.sessionId ?? '' });
    await expect.poll(async () => (await told())?.announcedAt, { timeout: 5000 }).toBeInstanceOf(Date);
  });

  it('holds nobody up when Redis takes calls and says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const redisUrl = `redis://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const alone = await openRooms([{ name: 'users', start: config => startService(users, { ...config, redisUrl }) }]);
    try {
      const ana = await signUp(alone);
      const { data } = await alone.query('users', ana.viewer, 'mutation { signOut }');
      expect(data.signOut).toBe(true);
      const answer = await alone.askInternal('gateway', 'users', '/internal/sessions/revoked');
      expect(answer).toEqual({ revoked: [ana.viewer.sessionId] });
    } finally {
      await alone.stop();
      silent.close();
    }
  });
});
