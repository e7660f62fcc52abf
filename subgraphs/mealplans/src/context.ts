import { copies } from '@mealprep360/events/copy';
import type { Tx } from '@mealprep360/events/unit-of-work';
import type { Database } from '@mealprep360/mongo/database';
import type { Scope } from '@mealprep360/service/subgraph';
import { loaders, type Loaders } from './loaders.ts';
import { mealPlanItemCollection } from './models/meal-plan-item.ts';
import { mealPlanCollection } from './models/meal-plan.ts';
import { mealTemplateCollection } from './models/meal-template.ts';
import { recipeCopyCollection } from './models/recipe-copy.ts';
import { skippedDayCollection } from './models/skipped-day.ts';
import { userCopyCollection } from './models/user-copy.ts';

const models = (db: Database) => ({
  plans: db.model(mealPlanCollection),
  items: db.model(mealPlanItemCollection),
  skippedDays: db.model(skippedDayCollection),
  templates: db.model(mealTemplateCollection),
});

export type Models = ReturnType<typeof models>;

/** What others own, as this room last heard of it: inside the transaction that is given, or outside any. */
const heard = (where: Pick<Tx, 'db'> & Partial<Pick<Tx, 'session'>>) => ({
  recipeCopies: copies(recipeCopyCollection, where),
  userCopies: copies(userCopyCollection, where),
});

export type Copies = ReturnType<typeof heard>;

/** What a transaction of this room works with: every command in it takes `{ session: work.session }`. */
export type Work = Tx & Models & Copies;

/** What a resolver works with. */
export interface Context extends Scope<Work>, Copies {
  models: Models;
  loaders: Loaders;
}

export const work = (tx: Tx): Work => ({ ...tx, ...models(tx.db), ...heard(tx) });

export const context = (scope: Scope<Work>): Context => {
  const read = { ...scope, models: models(scope.db), ...heard({ db: scope.db }) };
  return { ...read, loaders: loaders(read) };
};
