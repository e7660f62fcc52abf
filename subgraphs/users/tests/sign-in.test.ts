import type { Rooms } from '@mealprep360/testing/rooms';
import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { userCredentialCollection } from '../src/models/user-credential.ts';
import { userCollection } from '../src/models/user.ts';
import { userEvents } from '../src/user-store.ts';
import { newEmail, openUsers, password, SIGN_IN, SIGN_UP, signIn, signUp, signUpInput } from './people.ts';

// the real one; how often it works is counted
vi.mock('@node-rs/argon2', { spy: true });

let rooms: Rooms;
beforeAll(async () => {
  rooms = await openUsers();
});
afterAll(() => rooms.stop());

const code = { code: expect.any(String) as string };
const trySignIn = async (email: string, tried = password) => {
  const { data } = await rooms.query('users', null, SIGN_IN, { input: { email, password: tried } });
  return data.signIn;
};
const trySignUp = async (more: object) => {
  const { data } = await rooms.query('users', null, SIGN_UP, { input: signUpInput(more) });
  return data.signUp;
};

describe('signing up', () => {
  it('signs in at once, and shows what is private in the same answer', async () => {
    const { data, errors } = await rooms.query(
      'users',
      null,
      `mutation ($input: SignUpInput!) { signUp(input: $input) { user {
        displayName email roles createdAt avatar
        preferences { diets defaultServings measurementSystem }
        settings { timeZone locale weekStartsOn notificationChannels { topic } }
        subscription { plan status renewsAt }
        sessions { id userAgent current }
      } accessToken userErrors { code } } }`,
      { input: signUpInput({ email: 'Kiri@Example.org', displayName: 'Kiri', locale: 'mi-NZ' }) },
      { 'x-client-user-agent': 'Firefox' },
    );
    expect(errors).toBeUndefined();
    expect(data.signUp.userErrors).toEqual([]);
    expect(data.signUp.user).toMatchObject({
      displayName: 'Kiri',
      email: 'Kiri@Example.org',
      roles: ['USER'],
      avatar: null,
      preferences: { diets: [], defaultServings: 2, measurementSystem: 'METRIC' },
      settings: { timeZone: 'Pacific/Auckland', locale: 'mi-NZ', weekStartsOn: 'MONDAY', notificationChannels: [] },
      subscription: { plan: 'FREE', status: 'ACTIVE', renewsAt: null },
      sessions: [{ userAgent: 'Firefox' }],
    });
  });

  it('takes an address once, in whichever case it is written', async () => {
    const { email } = await signUp(rooms);
    const again = await trySignUp({ email: email.toUpperCase() });
    expect(again).toMatchObject({ user: null, accessToken: null, refreshToken: null });
    expect(again.userErrors).toEqual([
      { ...code, code: 'EMAIL_TAKEN', message: expect.any(String), path: ['input', 'email'] },
    ]);
  });

  it('twenty times at once with one address makes one account, whole, and nineteen refusals', async () => {
    const email = newEmail();
    const spelled = (i: number) => (i % 2 === 0 ? email : email.toUpperCase());
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => trySignUp({ email: spelled(i) })));
    const codes = answers.flatMap(({ userErrors }) => userErrors.map((error: { code: string }) => error.code));
    expect(codes).toEqual(Array(19).fill('EMAIL_TAKEN'));
    const { db } = rooms.service('users');
    const ids = (await db.raw(userCollection).find({ emailKey: email }).toArray()).map(({ _id }) => _id);
    expect(ids).toHaveLength(1);
    expect(await db.raw(userEvents).countDocuments({ aggregateId: { $in: ids } })).toBe(1);
    expect(await trySignIn(email)).toMatchObject({ user: { id: ids[0] } });
  });
});

describe('signing in', () => {
  it('opens another session of the same person', async () => {
    const first = await signUp(rooms);
    const second = await signIn(rooms, first.email.toUpperCase());
    expect(second.viewer.userId).toBe(first.viewer.userId);
    expect(second.viewer.sessionId).not.toBe(first.viewer.sessionId);
    expect(second.refreshToken).not.toBe(first.refreshToken);
  });

  it('does not tell a wrong password from an unknown address', async () => {
    const { email } = await signUp(rooms);
    const wrong = await trySignIn(email, 'not the password');
    const unknown = await trySignIn(newEmail());
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ user: null, accessToken: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] });
  });

  it('works as hard for an unknown address as for a wrong password', async () => {
    const { email } = await signUp(rooms);
    /** What was compared with how many passwords: all that decides how long that takes. */
    const workFor = async (address: string) => {
      vi.mocked(verify).mockClear();
      expect((await trySignIn(address, 'not the password')).user).toBeNull();
      return vi.mocked(verify).mock.calls.map(([hash, tried]) => {
        const [, algorithm, version, cost, salt, result] = String(hash).split('$');
        return { algorithm, version, cost, salt: salt?.length, result: result?.length, tried };
      });
    };
    const known = await workFor(email);
    expect(known).toHaveLength(1);
    expect(await workFor(newEmail())).toEqual(known);
  });

  it('counts wrong passwords, and then refuses the right one too', async () => {
    const { email } = await signUp(rooms);
    for (let i = 0; i < 10; i++) {
      expect((await trySignIn(email, `guess ${i}`)).userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
    }
    expect((await trySignIn(email)).userErrors).toMatchObject([{ code: 'TOO_MANY_ATTEMPTS' }]);
    expect((await trySignIn(newEmail(), 'other')).userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
  });

  it('counts anew after a right password', async () => {
    const { email } = await signUp(rooms);
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 9; i++) await trySignIn(email, `guess ${i}`);
      expect((await trySignIn(email)).userErrors).toEqual([]);
    }
  });

  it('forty guesses at once count like forty in a row', async () => {
    const { email } = await signUp(rooms);
    await Promise.all(Array.from({ length: 40 }, (_, i) => trySignIn(email, `guess ${i}`)));
    expect((await trySignIn(email)).userErrors).toMatchObject([{ code: 'TOO_MANY_ATTEMPTS' }]);
  });

  it('twenty times at once with the right password is nobody guessing', async () => {
    const { email } = await signUp(rooms);
    const answers = await Promise.all(Array.from({ length: 20 }, () => trySignIn(email)));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  });
});

it('a password is kept as argon2id at the cost that OWASP asks for, and nowhere else', async () => {
  const { viewer } = await signUp(rooms);
  const { db } = rooms.service('users');
  const credential = await db.raw(userCredentialCollection).findOne({ _id: viewer.userId });
  expect(credential?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

it.each([
  ['a short password', { password: '1234567' }, ['input', 'password']],
  ['a name of blanks', { displayName: '  ' }, ['input', 'displayName']],
  ['a time zone by offset', { timeZone: '+12:00' }, ['input', 'timeZone']],
  [
    'a long address',
    { email: `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.org` },
    ['input', 'email'],
  ],
])('signing up with %s is refused, naming the field', async (_, more, path) => {
  expect(await trySignUp(more)).toMatchObject({ user: null, userErrors: [{ code: 'INVALID_INPUT', path }] });
});

it.each([
  ['an address that is none', { email: 'ana at example' }],
  ['a time zone that is none', { timeZone: 'Mars/Olympus' }],
  ['an object for a password', { password: { $ne: null } }],
])('signing up with %s is refused before anything is done', async (_, more) => {
  const { data, errors } = await rooms.query('users', null, SIGN_UP, { input: signUpInput(more) });
  expect(data).toBeUndefined();
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});
