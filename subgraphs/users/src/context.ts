import { sagaRows } from '@mealprep360/events/saga-row';
import type { Tx } from '@mealprep360/events/unit-of-work';
import type { Database } from '@mealprep360/mongo/database';
import type { Scope } from '@mealprep360/service/subgraph';
import { loaders, type Loaders } from './loaders.ts';
import { userCredentialCollection } from './models/user-credential.ts';
import { userPreferencesCollection } from './models/user-preferences.ts';
import { userSessionCollection } from './models/user-session.ts';
import { userSettingsCollection } from './models/user-settings.ts';
import { userSubscriptionCollection } from './models/user-subscription.ts';
import { userCollection } from './models/user.ts';
import { userKeys, type UserKeys } from './user-keys.ts';

const models = (db: Database) => ({
  users: db.model(userCollection),
  preferences: db.model(userPreferencesCollection),
  settings: db.model(userSettingsCollection),
  subscriptions: db.model(userSubscriptionCollection),
  sessions: db.model(userSessionCollection),
  credentials: db.model(userCredentialCollection),
  sagas: db.model(sagaRows),
});

export type Models = ReturnType<typeof models>;

/** What a transaction of this room works with: every command in it takes `{ session: work.session }`. */
export type Work = Tx & Models;

/** A transaction that may open what is encrypted of users: only requests get one. */
export type OwnWork = Work & { userKeys: UserKeys };

/** What a resolver works with. */
export interface Context extends Omit<Scope<Work>, 'commit'> {
  models: Models;
  loaders: Loaders;
  commit: <Result>(todo: (work: OwnWork) => Promise<Result>) => Promise<Result>;
}

export const work = (tx: Tx): Work => ({ ...tx, ...models(tx.db) });

export function context(scope: Scope<Work>): Context {
  const readers = loaders(models(scope.db));
  const keys = userKeys(scope.config.userKeysMasterKey);
  return {
    ...scope,
    models: models(scope.db),
    loaders: readers,
    commit: async todo => {
      const result = await scope.commit(transaction => todo({ ...transaction, userKeys: keys }));
      // what the rest of the request reads is what stands now
      for (const loader of Object.values(readers)) loader.clearAll();
      return result;
    },
  };
}
