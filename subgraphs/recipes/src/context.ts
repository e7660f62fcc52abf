import type { Tx } from '@mealprep360/events/unit-of-work';
import type { Database } from '@mealprep360/mongo/database';
import type { Scope } from '@mealprep360/service/subgraph';
import { loaders, type Loaders } from './loaders.ts';
import { recipeCategoryCollection } from './models/recipe-category.ts';
import { recipeIngredientCollection } from './models/recipe-ingredient.ts';
import { recipeRatingCollection } from './models/recipe-rating.ts';
import { recipeVersionCollection } from './models/recipe-version.ts';
import { recipeCollection } from './models/recipe.ts';

const models = (db: Database) => ({
  recipes: db.model(recipeCollection),
  categories: db.model(recipeCategoryCollection),
  ratings: db.model(recipeRatingCollection),
  ingredients: db.model(recipeIngredientCollection),
  versions: db.model(recipeVersionCollection),
});

export type Models = ReturnType<typeof models>;

/** What a transaction of this room works with: every command in it takes `{ session: work.session }`. */
export type Work = Tx & Models;

/** What a resolver works with. */
export interface Context extends Scope<Work> {
  models: Models;
  loaders: Loaders;
}

export const work = (tx: Tx): Work => ({ ...tx, ...models(tx.db) });

export const context = (scope: Scope<Work>): Context => {
  const read = models(scope.db);
  return { ...scope, models: read, loaders: loaders(read, scope.viewer) };
};
