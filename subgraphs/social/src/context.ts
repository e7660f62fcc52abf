import type { Tx } from '@mealprep360/events/unit-of-work';
import type { Database } from '@mealprep360/mongo/database';
import type { Scope } from '@mealprep360/service/subgraph';
import { loaders, type Loaders } from './loaders.ts';
import { blockCollection } from './models/block.ts';
import { commentCollection } from './models/comment.ts';
import { followCollection } from './models/follow.ts';
import { likeCollection } from './models/like.ts';
import { reportCollection } from './models/report.ts';
import { socialPostCollection } from './models/social-post.ts';
import { userProfileCollection } from './models/user-profile.ts';

const models = (db: Database) => ({
  posts: db.model(socialPostCollection),
  comments: db.model(commentCollection),
  likes: db.model(likeCollection),
  follows: db.model(followCollection),
  profiles: db.model(userProfileCollection),
  blocks: db.model(blockCollection),
  reports: db.model(reportCollection),
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
  const loading = loaders(read, scope.viewer);
  return {
    ...scope,
    models: read,
    loaders: loading,
    // What was read before a commit is read anew after it: one request may like, unlike and look. The server hands
    // resolvers a clone of this object, so the loaders are replaced inside theirs.
    commit: async todo => {
      const result = await scope.commit(todo);
      Object.assign(loading, loaders(read, scope.viewer));
      return result;
    },
  };
};
