import { keepers } from '@mealprep360/contracts/commands';
import { allergen, restrictedDiet } from '@mealprep360/contracts/vocabulary';
import { sagaRows, type SagaRow } from '@mealprep360/events/saga-row';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { userPreferencesCollection } from '@mealprep360/users/models/user-preferences';
import { MAX_SESSIONS, userSessionCollection } from '@mealprep360/users/models/user-session';
import { userSettingsCollection } from '@mealprep360/users/models/user-settings';
import { userSubscriptionCollection } from '@mealprep360/users/models/user-subscription';
import { userCollection } from '@mealprep360/users/models/user';
import { eraseUser } from '@mealprep360/users/sagas/erase-user';
import type { Seed, Size } from '../measure.ts';
import { hour, times } from './times.ts';

const roles = ['USER', 'OPERATOR'] as const;

/** People with preferences, settings, a subscription and sessions; the first of them looks. */
export const seedUsers: Seed = async (db, size) => {
  const people = times(size('_entities.User'), newId);
  const viewer = people[0] ?? '';
  await db.model(userCollection).insertMany(people.map((_id, index) => person(_id, index, size)));
  await seedParts(db, people, size);
  const sessions = times(
    Math.max(size('User.sessions', MAX_SESSIONS), size('_entities.Session')),
    index => `s${index}`,
  );
  // each service has its step
  size('AccountErasure.steps', keepers.length + 1, keepers.length + 1);
  const erasures = times(Math.max(1, size('_entities.AccountErasure')), newId);
  await db.model(sagaRows).insertMany(erasures.map(erasure));
  const inAYear = new Date(Date.now() + 365 * 24 * 60 * 60 * 1000);
  await db.model(userSessionCollection).insertMany(
    sessions.map((_id, index) => ({
      ...{ _id, userId: viewer, family: _id, tokenHash: _id, userAgent: 'a browser' },
      ...{ createdAt: hour(index), lastSeenAt: hour(index), expiresAt: inAYear, revokedAt: null, announcedAt: null },
    })),
  );
  return {
    viewer: { userId: viewer, sessionId: 's0' },
    arguments: {
      '_entities.User': people,
      '_entities.Session': sessions.slice(0, size('_entities.Session')),
      '_entities.AccountErasure': erasures,
      'Query.accountErasure.id': erasures[0],
    },
  };
};

const person = (_id: string, index: number, size: Size) => ({
  ...{ _id, email: `${index}@example.org`, emailKey: `${index}@example.org`, displayName: `Person ${index}` },
  ...{ avatar: null, roles: roles.slice(0, size('User.roles', roles.length)) },
  ...{ version: 1, createdAt: hour(index), updatedAt: hour(index) },
});

const erasure = (_id: string, index: number): SagaRow => ({
  ...{ _id, type: eraseUser.type, state: 'RUNNING', turn: 'THEIRS', step: 2, undoing: [], failure: null, version: 1 },
  ...{ input: { userId: `u${index}`, records: 1 }, replies: {}, stepDeadline: null, deadline: null },
  ...{ alarmAt: null, alarmedAt: null, createdAt: hour(index), updatedAt: hour(index) },
  actor: { userId: `u${index}`, correlationId: _id, causationId: null, traceparent: null },
});

async function seedParts(db: Database, people: readonly string[], size: Size): Promise<void> {
  const preferences = {
    diets: restrictedDiet.options.slice(0, size('UserPreferences.diets', restrictedDiet.options.length)),
    allergens: allergen.options.slice(0, size('UserPreferences.allergens', allergen.options.length)),
    dislikedIngredients: times(size('UserPreferences.dislikedIngredients'), index => `food ${index}`),
    favoriteCuisines: times(size('UserPreferences.favoriteCuisines'), index => `cuisine ${index}`),
    ...{ defaultServings: 2, measurementSystem: 'METRIC' as const },
  };
  const channels = times(size('UserSettings.notificationChannels'), index => ({
    ...{ topic: `TOPIC_${index}`, channel: 'IN_APP' as const, enabled: true },
  }));
  const settings = {
    ...{ timeZone: 'Pacific/Auckland', locale: 'en-NZ', weekStartsOn: 'MONDAY' as const },
    notificationChannels: channels,
  };
  const subscription = { plan: 'FREE' as const, status: 'ACTIVE' as const, renewsAt: null };
  await db.model(userPreferencesCollection).insertMany(people.map(_id => ({ _id, ...preferences })));
  await db.model(userSettingsCollection).insertMany(people.map(_id => ({ _id, ...settings })));
  await db.model(userSubscriptionCollection).insertMany(people.map(_id => ({ _id, ...subscription })));
}
