import type { UserResolvers } from '../generated/types.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  blogPosts: (user, { first, after }, { loaders }) => loaders.postsOfUser.load(user.id, { first, after }),
};
