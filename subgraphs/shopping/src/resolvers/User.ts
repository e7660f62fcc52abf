import type { UserResolvers } from '../generated/types.ts';

// What somebody buys is nobody else's business: of others both are null.
export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  shoppingLists: (user, { first, after }, { loaders, viewer }) =>
    viewer.userId === user.id ? loaders.listsOfUser.load(user.id, { first, after }) : null,
  activeShoppingList: (user, _, { loaders, viewer }) =>
    viewer.userId === user.id ? loaders.activeList.load(user.id) : null,
};
