import type { Rooms } from '@mealprep360/testing/rooms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUsers, password, REFRESH, SIGN_IN, signUp, viewerOf, type Person } from './people.ts';

let rooms: Rooms;
let ana: Person;
beforeAll(async () => {
  rooms = await openUsers();
  ana = await signUp(rooms);
});
afterAll(() => rooms.stop());

const all = `id displayName avatar createdAt email roles
  preferences { diets allergens dislikedIngredients favoriteCuisines defaultServings measurementSystem }
  settings { timeZone locale weekStartsOn notificationChannels { topic channel enabled } }
  subscription { plan status renewsAt } sessions { id }`;

const update = async (person: Person, name: string, input: object, fields = all) => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
  const document = `mutation ($input: ${type}) { ${name}(input: $input) { user { ${fields} } userErrors { code path } } }`;
  return rooms.query('users', person.viewer, document, { input });
};

describe('what is private', () => {
  const ask = async (viewer: Person['viewer'] | null) => {
    const { data, errors } = await rooms.query('users', viewer, `query ($id: ID!) { user(id: $id) { ${all} } }`, {
      id: ana.viewer.userId,
    });
    expect(errors).toBeUndefined();
    return data.user;
  };
  const hidden = { email: null, roles: null, preferences: null, settings: null, subscription: null, sessions: null };

  it('is null without an error for others, who see name, picture and beginning', async () => {
    const bob = await signUp(rooms);
    for (const viewer of [bob.viewer, null]) {
      expect(await ask(viewer)).toMatchObject({ displayName: 'Ana', createdAt: expect.any(String), ...hidden });
    }
  });

  it('is there for the user and for operators', async () => {
    for (const viewer of [ana.viewer, { userId: 'f'.repeat(24), roles: ['OPERATOR' as const] }]) {
      const seen = await ask(viewer);
      expect(seen).toMatchObject({
        email: ana.email,
        roles: ['USER'],
        preferences: {},
        settings: {},
        subscription: {},
      });
      expect(seen.sessions).toHaveLength(1);
    }
  });

  it('stays hidden when another service leads to the user', async () => {
    const bob = await signUp(rooms);
    const { data } = await rooms.query(
      'users',
      bob.viewer,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) {
        ... on User { displayName email } ... on Session { id } } }`,
      {
        refs: [
          { __typename: 'User', id: ana.viewer.userId },
          { __typename: 'Session', id: ana.viewer.sessionId },
        ],
      },
    );
    expect(data._entities).toEqual([{ displayName: 'Ana', email: null }, null]);
  });
});

describe('finding a person', () => {
  it('answers null for somebody who is not there', async () => {
    expect(
      (await rooms.query('users', null, `{ user(id: "${'0'.repeat(24)}") { id } me { id } session { id } }`)).data,
    ).toEqual({
      user: null,
      me: null,
      session: null,
    });
  });

  it.each(['', 'x', '{"$ne":null}', '0'.repeat(25)])('refuses the id %j', async id => {
    const { errors } = await rooms.query('users', null, 'query ($id: ID!) { user(id: $id) { id } }', { id });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  });

  it('takes the same commands for 50 people as for 5', async () => {
    const people = await Promise.all(Array.from({ length: 50 }, () => signUp(rooms)));
    const operator = { userId: 'f'.repeat(24), roles: ['OPERATOR' as const] };
    const commandsFor = (count: number) =>
      rooms.commandsOf('users', () =>
        rooms.query(
          'users',
          operator,
          `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on User { ${all} } } }`,
          {
            refs: people.slice(0, count).map(({ viewer }) => ({ __typename: 'User', id: viewer.userId })),
          },
        ),
      );
    const background = (command: string) => command !== 'find user_sessions';
    const five = (await commandsFor(5)).filter(background);
    expect(five).toEqual([
      'aggregate user_sessions',
      'find user_preferences',
      'find user_settings',
      'find user_subscriptions',
      'find users',
    ]);
    expect((await commandsFor(50)).filter(background)).toEqual(five);
  });
});

describe('changing', () => {
  it('the profile shows to others', async () => {
    const kiri = await signUp(rooms);
    const avatar = 'https://pictures.example/kiri.png';
    await update(kiri, 'updateProfile', { displayName: ' Kiri ', avatar });
    const ask = `{ user(id: "${kiri.viewer.userId}") { displayName avatar } }`;
    expect((await rooms.query('users', null, ask)).data.user).toEqual({ displayName: 'Kiri', avatar });
    const { data } = await update(kiri, 'updateProfile', { avatar: null });
    expect(data.updateProfile.user).toMatchObject({ displayName: 'Kiri', avatar: null });
  });

  it('preferences and settings keeps what was not named', async () => {
    const kiri = await signUp(rooms);
    await update(kiri, 'updatePreferences', {
      diets: ['VEGAN'],
      dislikedIngredients: ['celery', 'Celery'],
      defaultServings: 4,
    });
    const { data } = await update(kiri, 'updatePreferences', { allergens: ['MILK'], diets: null });
    expect(data.updatePreferences.user.preferences).toEqual({
      diets: ['VEGAN'],
      allergens: ['MILK'],
      dislikedIngredients: ['celery'],
      favoriteCuisines: [],
      defaultServings: 4,
      measurementSystem: 'METRIC',
    });
    const notificationChannels = [{ topic: 'LIST_UPDATED', channel: 'EMAIL', enabled: false }];
    await update(kiri, 'updateSettings', { notificationChannels });
    const settings = await update(kiri, 'updateSettings', { timeZone: 'Pacific/Kiritimati', locale: 'en-ki' });
    expect(settings.data.updateSettings.user.settings).toEqual({
      timeZone: 'Pacific/Kiritimati',
      locale: 'en-KI',
      weekStartsOn: 'MONDAY',
      notificationChannels,
    });
  });

  it('several things in one request shows each as it then stood', async () => {
    const kiri = await signUp(rooms);
    const { data } = await rooms.query(
      'users',
      kiri.viewer,
      `mutation {
        a: updateProfile(input: { displayName: "A" }) { user { displayName } }
        b: updateProfile(input: { displayName: "B" }) { user { displayName } }
        c: changeSubscription(plan: FAMILY) { user { displayName subscription { plan } } }
      }`,
    );
    expect(data).toEqual({
      a: { user: { displayName: 'A' } },
      b: { user: { displayName: 'B' } },
      c: { user: { displayName: 'B', subscription: { plan: 'FAMILY' } } },
    });
  });

  it('the plan renews in a month, and a free one never', async () => {
    const kiri = await signUp(rooms);
    const change = async (plan: string) => {
      const document =
        'mutation ($plan: SubscriptionPlan!) { changeSubscription(plan: $plan) { user { subscription { plan status renewsAt } } } }';
      return (await rooms.query('users', kiri.viewer, document, { plan })).data.changeSubscription.user.subscription;
    };
    const plus = await change('PLUS');
    expect(plus).toMatchObject({ plan: 'PLUS', status: 'ACTIVE' });
    const days = (Date.parse(plus.renewsAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(27.9);
    expect(days).toBeLessThan(31.1);
    expect(await change('FREE')).toEqual({ plan: 'FREE', status: 'ACTIVE', renewsAt: null });
  });

  it.each([
    ['updateProfile', { displayName: '' }, ['input', 'displayName']],
    ['updateProfile', { displayName: 'x'.repeat(81) }, ['input', 'displayName']],
    ['updateProfile', { avatar: 'ftp://a.example/a.png' }, ['input', 'avatar']],
    ['updatePreferences', { defaultServings: -1 }, ['input', 'defaultServings']],
    ['updatePreferences', { defaultServings: 1_000_000 }, ['input', 'defaultServings']],
    ['updatePreferences', { dislikedIngredients: [''] }, ['input', 'dislikedIngredients', '0']],
    ['updatePreferences', { dislikedIngredients: Array<string>(101).fill('x') }, ['input', 'dislikedIngredients']],
    ['updatePreferences', { favoriteCuisines: ['\u0000'] }, ['input', 'favoriteCuisines', '0']],
    ['updateSettings', { timeZone: '+05:30' }, ['input', 'timeZone']],
    [
      'updateSettings',
      { notificationChannels: [{ topic: '$where', channel: 'EMAIL', enabled: true }] },
      ['input', 'notificationChannels', '0', 'topic'],
    ],
  ])('%s with %j is refused, and writes nothing', async (name, input, path) => {
    const before = (await rooms.query('users', ana.viewer, `{ me { ${all} } }`)).data.me;
    const { data } = await update(ana, name, input);
    expect(data[name]).toEqual({ user: null, userErrors: [{ code: 'INVALID_INPUT', path }] });
    expect((await rooms.query('users', ana.viewer, `{ me { ${all} } }`)).data.me).toEqual(before);
  });

  it.each(['updateProfile', 'updatePreferences', 'updateSettings'])(
    '%s needs somebody who is signed in',
    async name => {
      const { errors } = await rooms.query('users', null, `mutation { ${name}(input: {}) { userErrors { code } } }`);
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    },
  );
});

describe('the role of an operator', () => {
  const grant = (from: string, userId: string, role = 'OPERATOR') =>
    rooms.askInternal(from, 'users', '/internal/roles', { userId, role });

  it('is granted by a service that may, and stands in the next access token', async () => {
    const kiri = await signUp(rooms);
    expect(kiri.viewer.roles).toEqual(['USER']);
    for (let i = 0; i < 2; i++) {
      expect(await grant('dev-env', kiri.viewer.userId)).toMatchObject({ roles: ['USER', 'OPERATOR'] });
    }
    const refreshed = await rooms.query('users', null, REFRESH, { token: kiri.refreshToken });
    const signedIn = await rooms.query('users', null, SIGN_IN, { input: { email: kiri.email, password } });
    for (const token of [refreshed.data.refreshSession.accessToken, signedIn.data.signIn.accessToken]) {
      expect((await viewerOf(token)).roles).toEqual(['USER', 'OPERATOR']);
    }
  });

  it('is not granted to nobody, by anybody else, or under another name', async () => {
    await expect(grant('dev-env', '0'.repeat(24))).rejects.toThrow();
    await expect(grant('dev-env', ana.viewer.userId, 'EMPEROR')).rejects.toThrow();
    await expect(grant('recipes', ana.viewer.userId)).rejects.toThrow('403');
  });
});
