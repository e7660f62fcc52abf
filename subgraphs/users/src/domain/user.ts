import { preferences, settings, type Preferences, type Settings } from '@mealprep360/contracts/users';
import { DateTime } from 'luxon';
import { z } from 'zod';

// The User aggregate: `decide` says what happens when somebody wants something of a user, `evolve` what a user is
// after something happened. Both know nothing of where events are kept, and in which form.

export const role = z.enum(['USER', 'OPERATOR']);
export type Role = z.infer<typeof role>;
export const subscriptionPlan = z.enum(['FREE', 'PLUS', 'FAMILY']);
export type SubscriptionPlan = z.infer<typeof subscriptionPlan>;
export const subscriptionStatus = z.enum(['TRIALING', 'ACTIVE', 'PAST_DUE', 'CANCELED']);

const subscription = z.object({
  plan: subscriptionPlan,
  status: subscriptionStatus,
  /** null when there is nothing to renew */
  renewsAt: z.coerce.date().nullable(),
});
export type Subscription = z.infer<typeof subscription>;

/** What no other service is told of a user: in events it is encrypted. */
export const personal = z.object({
  email: z.string(),
  displayName: z.string(),
  avatar: z.string().nullable(),
  roles: z.array(role),
  subscription,
});
export type Personal = z.infer<typeof personal>;

/** What the other services are told: always all of it, so that a copy needs the last event only. */
export const shared = z.object({ preferences, settings });
export interface Shared {
  preferences: Preferences;
  settings: Settings;
}

/** Something that happened to a user. An update holds of the personal part what it changed. */
export type UserEvent =
  | { type: 'UserCreated'; at: Date; shared: Shared; personal: Personal }
  | { type: 'UserUpdated'; at: Date; shared: Shared; personal: Partial<Personal> };

export interface User extends Shared, Personal {
  /** the number of events so far */
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** What may be wanted of a user. What is absent from a change stays as it is. */
export type UserCommand =
  | {
      type: 'Create';
      email: string;
      displayName: string;
      settings: Pick<Settings, 'timeZone'> & { locale?: string | undefined };
    }
  | { type: 'ChangeProfile'; changes: Changes<Pick<Personal, 'displayName' | 'avatar'>> }
  | { type: 'ChangePreferences'; changes: Changes<Preferences> }
  | { type: 'ChangeSettings'; changes: Changes<Settings> }
  | { type: 'ChangeSubscription'; plan: SubscriptionPlan }
  | { type: 'GrantRole'; role: Role };

type Changes<Part> = { [Key in keyof Part]?: Part[Key] | undefined };

/** The events that follow from a command; none when it changes nothing. `user` is null before the first event. */
export function decide(command: UserCommand, user: User | null, now: Date): UserEvent[] {
  if (command.type === 'Create') {
    if (user !== null) throw new Error('a user is created once');
    return [created(command, now)];
  }
  if (user === null) throw new Error(`a user is created before ${command.type}`);
  const changed = changesOf(command, user, now);
  if (JSON.stringify({ ...user, ...changed }) === JSON.stringify(user)) return [];
  const { preferences: nextPreferences, settings: nextSettings, ...rest } = changed;
  return [
    {
      type: 'UserUpdated',
      at: now,
      shared: { preferences: nextPreferences ?? user.preferences, settings: nextSettings ?? user.settings },
      personal: rest,
    },
  ];
}

/** What a user is after the event. */
export function evolve(user: User | null, event: UserEvent): User {
  if (event.type === 'UserCreated') {
    if (user !== null) throw new Error('a user is created once');
    return { ...event.shared, ...event.personal, version: 1, createdAt: event.at, updatedAt: event.at };
  }
  if (user === null) throw new Error('a user is created before it is updated');
  return { ...user, ...event.shared, ...event.personal, version: user.version + 1, updatedAt: event.at };
}

function created(command: Extract<UserCommand, { type: 'Create' }>, now: Date): UserEvent {
  const { timeZone, locale = 'en' } = command.settings;
  return {
    type: 'UserCreated',
    at: now,
    shared: {
      preferences: {
        diets: [],
        allergens: [],
        dislikedIngredients: [],
        favoriteCuisines: [],
        defaultServings: 2,
        measurementSystem: new Intl.Locale(locale).region === 'US' ? 'US' : 'METRIC',
      },
      settings: { timeZone, locale, weekStartsOn: 'MONDAY', notificationChannels: [] },
    },
    personal: {
      email: command.email,
      displayName: command.displayName,
      avatar: null,
      roles: ['USER'],
      subscription: subscribed('FREE', now),
    },
  };
}

function changesOf(
  command: Exclude<UserCommand, { type: 'Create' }>,
  user: User,
  now: Date,
): Partial<Shared & Personal> {
  switch (command.type) {
    case 'ChangeProfile':
      return given(command.changes);
    case 'ChangePreferences':
      return { preferences: { ...user.preferences, ...given(command.changes) } };
    case 'ChangeSettings':
      return { settings: { ...user.settings, ...given(command.changes) } };
    case 'ChangeSubscription':
      return command.plan === user.subscription.plan ? {} : { subscription: subscribed(command.plan, now) };
    case 'GrantRole':
      return user.roles.includes(command.role) ? {} : { roles: [...user.roles, command.role] };
  }
}

/** A plan begins at once, without payment; a month later (the same day, or the month's last) it renews. */
const subscribed = (plan: SubscriptionPlan, now: Date): Subscription => ({
  plan,
  status: 'ACTIVE',
  renewsAt: plan === 'FREE' ? null : DateTime.fromJSDate(now, { zone: 'utc' }).plus({ months: 1 }).toJSDate(),
});

/** What of a part is there; the rest is left out. */
export const given = <Part extends object>(changes: Changes<Part>): Partial<Part> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<Part>;
