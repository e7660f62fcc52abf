import { copies } from '@mealprep360/events/copy';
import type { Tx } from '@mealprep360/events/unit-of-work';
import type { Database } from '@mealprep360/mongo/database';
import type { Scope } from '@mealprep360/service/subgraph';
import { loaders, type Loaders } from './loaders.ts';
import { ingredientMappingCollection } from './models/ingredient-mapping.ts';
import { planCopyCollection } from './models/plan-copy.ts';
import { recipeCopyCollection } from './models/recipe-copy.ts';
import { shoppingItemCollection } from './models/shopping-item.ts';
import { shoppingListCollection } from './models/shopping-list.ts';
import { storeLocationCollection } from './models/store-location.ts';
import { userCopyCollection } from './models/user-copy.ts';

const models = (db: Database) => ({
  lists: db.model(shoppingListCollection),
  items: db.model(shoppingItemCollection),
  mappings: db.model(ingredientMappingCollection),
  stores: db.model(storeLocationCollection),
});

const heard = (place: Pick<Tx, 'db'> & Partial<Tx>) => ({
  planCopies: copies(planCopyCollection, place),
  recipeCopies: copies(recipeCopyCollection, place),
  userCopies: copies(userCopyCollection, place),
});

export type Models = ReturnType<typeof models> & Pick<ReturnType<typeof heard>, 'userCopies'>;

/** What a transaction of this room works with: every command in it takes `{ session: work.session }`. */
export type Work = Tx & ReturnType<typeof models> & ReturnType<typeof heard>;

/** What a resolver works with. */
export interface Context extends Scope<Work> {
  models: Models;
  loaders: Loaders;
}

export const work = (tx: Tx): Work => ({ ...tx, ...models(tx.db), ...heard(tx) });

export const context = (scope: Scope<Work>): Context => {
  const { db } = scope;
  const read = { ...models(db), userCopies: copies(userCopyCollection, { db }) };
  return { ...scope, models: read, loaders: loaders(read, scope.viewer) };
};
