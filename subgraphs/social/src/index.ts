import type { Subgraph } from '@mealprep360/service/subgraph';
import { eraseUserData } from './commands/erase-user-data.ts';
import { context, work, type Context, type Work } from './context.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { blockCollection } from './models/block.ts';
import { commentCollection } from './models/comment.ts';
import { followCollection } from './models/follow.ts';
import { likeCollection } from './models/like.ts';
import { outbox } from './models/outbox.ts';
import { reportCollection } from './models/report.ts';
import { socialPostCollection } from './models/social-post.ts';
import { userProfileCollection } from './models/user-profile.ts';
import { user } from './reactions/user.ts';

export const social: Subgraph<Work, Context> = {
  name: 'social',
  envPrefix: 'SOCIAL_DB_',
  typeDefs,
  resolvers,
  collections: [
    socialPostCollection,
    commentCollection,
    likeCollection,
    followCollection,
    userProfileCollection,
    blockCollection,
    reportCollection,
  ],
  outbox,
  context,
  work,
  heardBy: ['notifications', 'users'],
  reactions: [user],
  commands: [eraseUserData],
};
