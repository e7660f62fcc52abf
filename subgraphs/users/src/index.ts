import type { Subgraph } from '@mealprep360/service/subgraph';
import { validateUser } from './commands/validate-user.ts';
import { context, work, type Context, type Work } from './context.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { revokedSessions } from './internal/revoked-sessions.ts';
import { roles } from './internal/roles.ts';
import { sync } from './internal/sync.ts';
import { usersById } from './internal/users-by-id.ts';
import { passwordAttemptCollection } from './models/password-attempt.ts';
import { userCredentialCollection } from './models/user-credential.ts';
import { userKeyCollection } from './models/user-key.ts';
import { userPreferencesCollection } from './models/user-preferences.ts';
import { userSessionCollection } from './models/user-session.ts';
import { userSettingsCollection } from './models/user-settings.ts';
import { userSnapshotCollection } from './models/user-snapshot.ts';
import { userSubscriptionCollection } from './models/user-subscription.ts';
import { userCollection } from './models/user.ts';
import { projectionModel } from './projection-rebuild.ts';
import { keepAnnounced } from './revocations.ts';
import { eraseUser } from './sagas/erase-user.ts';
import { userKeys } from './user-keys.ts';
import { userEvents } from './user-store.ts';

export const users: Subgraph<Work, Context> = {
  name: 'users',
  envPrefix: 'USER_DB_',
  typeDefs,
  resolvers,
  collections: [
    userCollection,
    userPreferencesCollection,
    userSettingsCollection,
    userSubscriptionCollection,
    userSessionCollection,
    userCredentialCollection,
    userKeyCollection,
    userSnapshotCollection,
    passwordAttemptCollection,
  ],
  projections: config => [projectionModel(userKeys(config.userKeysMasterKey))],
  outbox: userEvents,
  context,
  work,
  heardBy: ['recipes', 'mealplans', 'shopping', 'social', 'blog', 'notifications'],
  commands: [validateUser],
  sagas: [eraseUser],
  internal: {
    '/internal/sessions/revoked': revokedSessions,
    '/internal/roles': roles,
    '/internal/ops/sync': sync,
    '/internal/users/by-ids': usersById,
  },
  background: keepAnnounced,
};
