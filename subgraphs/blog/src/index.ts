import type { Subgraph } from '@mealprep360/service/subgraph';
import { announceDuePosts } from './announce-due-posts.ts';
import { eraseUserData } from './commands/erase-user-data.ts';
import { context, work, type Context, type Work } from './context.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { blogCategoryCollection } from './models/blog-category.ts';
import { blogCommentCollection } from './models/blog-comment.ts';
import { blogPostCollection } from './models/blog-post.ts';
import { blogTagCollection } from './models/blog-tag.ts';
import { outbox } from './models/outbox.ts';

export const blog: Subgraph<Work, Context> = {
  name: 'blog',
  envPrefix: 'BLOG_DB_',
  typeDefs,
  resolvers,
  collections: [blogPostCollection, blogCommentCollection, blogCategoryCollection, blogTagCollection],
  outbox,
  context,
  work,
  heardBy: ['users'],
  commands: [eraseUserData],
  background: announceDuePosts,
};
