import type { NotificationConnectionResolvers } from '../generated/types.ts';

export const NotificationConnection: NotificationConnectionResolvers = {
  totalCount: page => page.totalCount(),
  unreadCount: (page, _, { loaders }) => loaders.unreadCount.load(page.userId),
};
