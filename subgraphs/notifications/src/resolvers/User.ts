import { maySeePrivate } from '@mealprep360/service/viewer';
import type { UserResolvers } from '../generated/types.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  notifications: async (user, { unreadOnly, first, after }, { loaders, viewer }) => {
    if (!maySeePrivate(viewer, user.id)) return null;
    const pages = unreadOnly ? loaders.unread : loaders.all;
    return { ...(await pages.load(user.id, { first, after })), userId: user.id };
  },
  unreadNotificationCount: (user, _, { loaders, viewer }) =>
    maySeePrivate(viewer, user.id) ? loaders.unreadCount.load(user.id) : null,
};
