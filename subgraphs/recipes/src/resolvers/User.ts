import type { UserResolvers } from '../generated/types.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  recipes: (user, { first, after }, { loaders }) => loaders.recipesOfUser.load(user.id, { first, after }),
};
