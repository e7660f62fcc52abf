import {
  allergen,
  dayOfWeek,
  measurementSystem,
  notificationChannel,
  restrictedDiet,
} from '@mealprep360/contracts/vocabulary';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { projectionsOf } from '../projections.ts';
import { emailKey } from './user-input.ts';
import {
  decide,
  evolve,
  given,
  personal,
  role,
  shared,
  subscriptionPlan,
  type User,
  type UserCommand,
  type UserEvent,
} from './user.ts';

// Any life of a user, beside a model of it: an object whose fields are simply set.

type Create = Extract<UserCommand, { type: 'Create' }>;

/** A few values only, so that things are often set to what they are. */
const few = <Value>(...values: Value[]) => fc.constantFrom(...values);
const some = <Value>(values: readonly Value[]) => fc.subarray([...values].slice(0, 3));
const anyChanges = <Part extends object>(fields: { [Key in keyof Part]: fc.Arbitrary<Part[Key]> }) =>
  fc.record(fields, { requiredKeys: [] });

const anyCommand: fc.Arbitrary<UserCommand> = fc.oneof(
  anyChanges({
    displayName: few('Ana', 'Ben', undefined),
    avatar: few(null, 'https://a.example/a.png', undefined),
  }).map(changes => ({ type: 'ChangeProfile' as const, changes })),
  anyChanges({
    diets: some(restrictedDiet.options),
    allergens: some(allergen.options),
    dislikedIngredients: few<string[] | undefined>([], ['olives'], undefined),
    favoriteCuisines: few<string[]>([], ['Thai']),
    defaultServings: few(1, 2, 4.5),
    measurementSystem: few(...measurementSystem.options),
  }).map(changes => ({ type: 'ChangePreferences' as const, changes })),
  anyChanges({
    timeZone: few('Pacific/Auckland', 'Europe/Berlin', undefined),
    locale: few('en', 'de-AT'),
    weekStartsOn: few(...dayOfWeek.options),
    notificationChannels: some(notificationChannel.options).map(channels =>
      channels.map(channel => ({ topic: 'plans', channel, enabled: true })),
    ),
  }).map(changes => ({ type: 'ChangeSettings' as const, changes })),
  few(...subscriptionPlan.options).map(plan => ({ type: 'ChangeSubscription' as const, plan })),
  few(...role.options).map(wanted => ({ type: 'GrantRole' as const, role: wanted })),
);
const anyCreate: fc.Arbitrary<Create> = fc.record({
  type: fc.constant('Create' as const),
  email: few('Ana@Example.org', 'ben@example.org'),
  displayName: few('Ana', 'Ben'),
  settings: fc.record({ timeZone: few('Pacific/Auckland', 'UTC'), locale: few('en-US', 'mi', undefined) }),
});
/** A command, and how many minutes after the last one it is given. */
const anyLife = fc.record({
  create: anyCreate,
  commands: fc.array(fc.record({ command: anyCommand, minutes: fc.integer({ min: 1, max: 60 * 24 * 40 }) }), {
    maxLength: 15,
  }),
});
const born = new Date('2026-01-31T10:00:00Z');

type Life = typeof anyLife extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** Lives it: `seen` is told of each command what was before, what came of it, and what is after. */
function live(
  { create, commands }: Life,
  seen?: (step: { command: UserCommand; before: User; said: UserEvent[]; after: User; now: Date }) => void,
): UserEvent[] {
  const events = decide(create, null, born);
  let user = events.reduce<User | null>(evolve, null);
  let now = born;
  for (const { command, minutes } of commands) {
    if (user === null) throw new Error('nobody was created');
    now = new Date(now.getTime() + minutes * 60_000);
    const said = decide(command, user, now);
    const after: User = said.reduce<User>(evolve, user);
    seen?.({ command, before: user, said, after, now });
    events.push(...said);
    user = after;
  }
  return events;
}
const told = (events: readonly UserEvent[], from: User | null = null) => events.reduce<User | null>(evolve, from);

/** What a command makes of a user, said as simply as can be; when a plan is renewed has a test of its own. */
function modelOf(command: UserCommand, user: User): Partial<User> {
  const set = <Part extends object>(part: Part, changes: object): Part => {
    const next = { ...part };
    for (const [key, value] of Object.entries(changes)) if (value !== undefined) Object.assign(next, { [key]: value });
    return next;
  };
  switch (command.type) {
    case 'ChangePreferences':
      return { preferences: set(user.preferences, command.changes) };
    case 'ChangeSettings':
      return { settings: set(user.settings, command.changes) };
    case 'ChangeSubscription':
      return { subscription: { ...user.subscription, plan: command.plan } };
    case 'GrantRole':
      return { roles: [...new Set([...user.roles, command.role])] };
    default:
      return 'changes' in command ? set({}, command.changes) : {};
  }
}

const runs = { numRuns: 1000 };

test('each command changes what it names and nothing else, and says so in one event, or in none', () => {
  fc.assert(
    fc.property(anyLife, life => {
      live(life, ({ command, before, said, after, now }) => {
        const { renewsAt, ...subscription } = after.subscription;
        const expected = { ...before, ...modelOf(command, before) };
        const isSame = isDeepStrictEqual(expected, before);
        expect(said.map(({ type }) => type)).toEqual(isSame ? [] : ['UserUpdated']);
        expect({ ...after, subscription: { ...subscription, renewsAt: null } }).toEqual({
          ...expected,
          subscription: { ...expected.subscription, renewsAt: null },
          version: before.version + (isSame ? 0 : 1),
          updatedAt: isSame ? before.updatedAt : now,
        });
        expect(renewsAt === null).toBe(subscription.plan === 'FREE');
        // whoever asks for the same once more asks for nothing
        expect(decide(command, after, new Date(now.getTime() + 1))).toEqual([]);
      });
    }),
    runs,
  );
});

test('a user is created once, is at the version of its last event, and is what all its events tell', () => {
  fc.assert(
    fc.property(anyLife, anyCreate, (life, again) => {
      const states: User[] = [];
      const events = live(life, ({ after }) => {
        states.push(after);
      });
      const user = told(events);
      expect(events.map(({ type }) => type).lastIndexOf('UserCreated')).toBe(0);
      expect(user).toMatchObject({ version: events.length, createdAt: born, updatedAt: events.at(-1)?.at });
      if (states.length > 0) expect(user).toEqual(states.at(-1));
      expect(() => decide(again, user, born)).toThrow('created once');
    }),
    runs,
  );
});

test('a user read back from the events that were kept is the one who was there, from any point on', () => {
  fc.assert(
    fc.property(anyLife, fc.nat(15), (life, cut) => {
      const events = live(life);
      const kept = events.map((event): UserEvent => {
        const parts = JSON.parse(JSON.stringify(event)) as { shared: unknown; personal: unknown };
        const public_ = shared.parse(parts.shared);
        return event.type === 'UserCreated'
          ? { ...event, shared: public_, personal: personal.parse(parts.personal) }
          : { ...event, shared: public_, personal: given(personal.partial().parse(parts.personal)) };
      });
      expect(told(kept)).toEqual(told(events));
      expect(told(kept.slice(cut), told(events.slice(0, cut)))).toEqual(told(events));
    }),
    runs,
  );
});

test('the last event alone tells the other services what they may know of a user', () => {
  fc.assert(
    fc.property(anyLife, life => {
      const events = live(life);
      const user = told(events);
      expect(events.at(-1)?.shared).toEqual({ preferences: user?.preferences, settings: user?.settings });
    }),
    runs,
  );
});

test('records kept up to date event by event are those of a user told from the beginning', () => {
  fc.assert(
    fc.property(anyLife, life => {
      const records: Record<string, unknown> = {};
      const keep = (user: User) => Object.assign(records, structuredClone(projectionsOf('u', user)));
      const events = live(life, ({ said, after }) => {
        if (said.length > 0) keep(after);
      });
      const user = told(events);
      if (user === null) throw new Error('nobody was created');
      if (events.length === 1) keep(user);
      expect(records).toEqual(projectionsOf('u', user));
      // together they are the user, and nothing more
      const { user: record, preferences, settings, subscription } = projectionsOf('u', user);
      const { _id, emailKey: key, ...rest } = record;
      const without = <Part extends { _id: string }>({ _id: id, ...part }: Part) => ({
        ...part,
        ...(id !== _id && { id }),
      });
      expect({
        ...rest,
        preferences: without(preferences),
        settings: without(settings),
        subscription: without(subscription),
      }).toEqual(user);
      expect(key).toBe(emailKey(user.email));
    }),
    runs,
  );
});
