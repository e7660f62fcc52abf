import { copies } from '@mealprep360/events/copy';
import type { Tx } from '@mealprep360/events/unit-of-work';
import type { Database } from '@mealprep360/mongo/database';
import type { Scope } from '@mealprep360/service/subgraph';
import { loaders, type Loaders } from './loaders.ts';
import { recipeCategoryCollection } from './models/recipe-category.ts';
import { recipeIngredientCollection } from './models/recipe-ingredient.ts';
import { recipeRatingCollection } from './models/recipe-rating.ts';
import { recipeVersionCollection } from './models/recipe-version.ts';
import { recipeCollection } from './models/recipe.ts';
import { savedRecipeCollection } from './models/saved-recipe.ts';
import { userCopyCollection } from './models/user-copy.ts';

const models = (db: Database) => ({
  recipes: db.model(recipeCollection),
  categories: db.model(recipeCategoryCollection),
  ratings: db.model(recipeRatingCollection),
  ingredients: db.model(recipeIngredientCollection),
  versions: db.model(recipeVersionCollection),
  saved: db.model(savedRecipeCollection),
});

export type Models = ReturnType<typeof models>;

/** What others own, as this room last heard of it: inside the transaction that is given, or outside any. */
const heard = (where: Pick<Tx, 'db'> & Partial<Pick<Tx, 'session'>>) => ({
  userCopies: copies(userCopyCollection, where),
});

type Copies = ReturnType<typeof heard>;

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
