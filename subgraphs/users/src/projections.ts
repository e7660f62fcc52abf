import type { Work } from './context.ts';
import { emailKey } from './domain/user-input.ts';
import type { User } from './domain/user.ts';
import { userPreferencesCollection, type UserPreferencesRecord } from './models/user-preferences.ts';
import { userSettingsCollection, type UserSettingsRecord } from './models/user-settings.ts';
import { userSubscriptionCollection, type UserSubscriptionRecord } from './models/user-subscription.ts';
import { userCollection, type UserRecord } from './models/user.ts';

/** The four of them, rebuilt together: whoever writes to them waits while they are swapped. */
export const userProjections = {
  name: 'user_projections',
  revision: 1,
  collections: [userCollection, userPreferencesCollection, userSettingsCollection, userSubscriptionCollection],
} as const;

interface Projections {
  user: UserRecord;
  preferences: UserPreferencesRecord;
  settings: UserSettingsRecord;
  subscription: UserSubscriptionRecord;
}

/** The records that are read of a user: nothing stands in them that the events do not tell. */
export const projectionsOf = (_id: string, user: User): Projections => ({
  user: {
    _id,
    email: user.email,
    emailKey: emailKey(user.email),
    displayName: user.displayName,
    avatar: user.avatar,
    roles: user.roles,
    version: user.version,
    createdAt: user.createdAt,
    updatedAt: user.updatedAt,
  },
  preferences: { _id, ...user.preferences },
  settings: { _id, ...user.settings },
  subscription: { _id, ...user.subscription },
});

/** Brings a user's four projections to what the events tell. A taken address surfaces as a duplicate key. */
export async function project(work: Work, userId: string, user: User): Promise<void> {
  await work.writing(userProjections);
  const projections = projectionsOf(userId, user);
  const put = { upsert: true, session: work.session };
  await work.users.replaceOne({ _id: userId }, projections.user, put);
  await work.preferences.replaceOne({ _id: userId }, projections.preferences, put);
  await work.settings.replaceOne({ _id: userId }, projections.settings, put);
  await work.subscriptions.replaceOne({ _id: userId }, projections.subscription, put);
}
