import type { Tx } from '@mealprep360/events/unit-of-work';
import type { Database } from '@mealprep360/mongo/database';
import type { Scope } from '@mealprep360/service/subgraph';
import { loaders, type Loaders } from './loaders.ts';
import { blogCategoryCollection } from './models/blog-category.ts';
import { blogCommentCollection } from './models/blog-comment.ts';
import { blogPostCollection } from './models/blog-post.ts';
import { blogTagCollection } from './models/blog-tag.ts';

const models = (db: Database) => ({
  posts: db.model(blogPostCollection),
  comments: db.model(blogCommentCollection),
  categories: db.model(blogCategoryCollection),
  tags: db.model(blogTagCollection),
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
