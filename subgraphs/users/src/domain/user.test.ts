import { describe, expect, it } from 'vitest';
import { decide, evolve, type User, type UserCommand, type UserEvent } from './user.ts';

const then = new Date('2026-01-31T10:00:00Z');
const now = new Date('2026-11-23T12:00:00Z');

const create: UserCommand = {
  type: 'Create',
  email: 'Ana@Example.org',
  displayName: 'Ana',
  settings: { timeZone: 'Pacific/Auckland', locale: 'en-NZ' },
};

/** given these events … */
const given = (...events: UserEvent[]) => events.reduce<User | null>(evolve, null);
const existing = decide(create, null, then);

describe('a user', () => {
  it('begins with all that the other services need to know, and the rest apart', () => {
    expect(decide(create, null, now)).toEqual([
      {
        type: 'UserCreated',
        at: now,
        shared: {
          preferences: {
            diets: [],
            allergens: [],
            dislikedIngredients: [],
            favoriteCuisines: [],
            defaultServings: 2,
            measurementSystem: 'METRIC',
          },
          settings: { timeZone: 'Pacific/Auckland', locale: 'en-NZ', weekStartsOn: 'MONDAY', notificationChannels: [] },
        },
        personal: {
          email: 'Ana@Example.org',
          displayName: 'Ana',
          avatar: null,
          roles: ['USER'],
          subscription: { plan: 'FREE', status: 'ACTIVE', renewsAt: null },
        },
      },
    ]);
  });

  it('measures as people do where they live, and in English when no language was named', () => {
    const american = { ...create, settings: { timeZone: 'America/New_York', locale: 'en-US' } };
    expect(given(...decide(american, null, now))?.preferences.measurementSystem).toBe('US');
    const silent = given(...decide({ ...create, settings: { timeZone: 'Europe/Berlin' } }, null, now));
    expect(silent).toMatchObject({ settings: { locale: 'en' }, preferences: { measurementSystem: 'METRIC' } });
  });

  it('is created once, and before anything else happens to them', () => {
    expect(() => decide(create, given(...existing), now)).toThrow('created once');
    expect(() => decide({ type: 'GrantRole', role: 'OPERATOR' }, null, now)).toThrow('created before');
    expect(() => given(...existing, ...existing)).toThrow('created once');
  });
});

describe('a change', () => {
  it.each<[string, UserCommand, object]>([
    ['of the name', { type: 'ChangeProfile', changes: { displayName: 'Ana M.' } }, { displayName: 'Ana M.' }],
    [
      'of the picture',
      { type: 'ChangeProfile', changes: { displayName: undefined, avatar: 'https://a.example/a.png' } },
      { avatar: 'https://a.example/a.png' },
    ],
    ['of the roles', { type: 'GrantRole', role: 'OPERATOR' }, { roles: ['USER', 'OPERATOR'] }],
  ])('%s tells of the personal part only what it changed', (_, command, personal) => {
    const [event, ...more] = decide(command, given(...existing), now);
    expect(more).toEqual([]);
    expect(event).toMatchObject({ type: 'UserUpdated', at: now, shared: existing[0]?.shared });
    expect(event?.personal).toEqual(personal);
  });

  it('of preferences keeps those that were not named, and tells all of them', () => {
    const user = given(...existing);
    const [event] = decide({ type: 'ChangePreferences', changes: { allergens: ['MILK'] } }, user, now);
    expect(event?.shared).toEqual({
      preferences: { ...user?.preferences, allergens: ['MILK'] },
      settings: user?.settings,
    });
    expect(event?.personal).toEqual({});
  });

  it('of settings keeps those that were not named', () => {
    const user = given(...existing);
    const [event] = decide({ type: 'ChangeSettings', changes: { weekStartsOn: 'SUNDAY' } }, user, now);
    expect(event?.shared.settings).toEqual({ ...user?.settings, weekStartsOn: 'SUNDAY' });
  });

  it.each<[string, UserCommand]>([
    ['the same name', { type: 'ChangeProfile', changes: { displayName: 'Ana' } }],
    ['nothing at all', { type: 'ChangePreferences', changes: {} }],
    ['equal preferences', { type: 'ChangePreferences', changes: { diets: [], defaultServings: 2 } }],
    ['the same plan', { type: 'ChangeSubscription', plan: 'FREE' }],
    ['a role that is there', { type: 'GrantRole', role: 'USER' }],
  ])('to %s says nothing', (_, command) => {
    expect(decide(command, given(...existing), now)).toEqual([]);
  });
});

describe('a subscription', () => {
  const change = (plan: 'PLUS' | 'FAMILY' | 'FREE', at: Date, user: User | null) =>
    given(...existing, ...decide({ type: 'ChangeSubscription', plan }, user, at))?.subscription;

  it('renews a month after it was taken, on the last day of a shorter month', () => {
    const user = given(...existing);
    expect(change('PLUS', then, user)).toEqual({
      plan: 'PLUS',
      status: 'ACTIVE',
      renewsAt: new Date('2026-02-28T10:00:00Z'),
    });
  });

  it('has nothing to renew when it is free again', () => {
    const user = given(...existing, ...decide({ type: 'ChangeSubscription', plan: 'PLUS' }, given(...existing), then));
    const [event] = decide({ type: 'ChangeSubscription', plan: 'FREE' }, user, now);
    expect(event?.personal.subscription).toEqual({ plan: 'FREE', status: 'ACTIVE', renewsAt: null });
  });
});

describe('what a user is', () => {
  it('counts its events, and knows when the first and the last happened', () => {
    const user = given(...existing, ...decide({ type: 'GrantRole', role: 'OPERATOR' }, given(...existing), now));
    expect(user).toMatchObject({ version: 2, createdAt: then, updatedAt: now, roles: ['USER', 'OPERATOR'] });
  });

  it('is the same told from the beginning as told on from a point in between', () => {
    const commands: UserCommand[] = [
      { type: 'ChangeProfile', changes: { displayName: 'B' } },
      { type: 'ChangePreferences', changes: { diets: ['VEGAN'] } },
      { type: 'ChangeSubscription', plan: 'FAMILY' },
      { type: 'ChangeSettings', changes: { locale: 'mi' } },
    ];
    const events = [...existing];
    for (const command of commands) events.push(...decide(command, given(...events), now));
    const snapshot = given(...events.slice(0, 3));
    expect(events.slice(3).reduce<User | null>(evolve, snapshot)).toEqual(given(...events));
  });
});
