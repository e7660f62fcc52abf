import type { NotificationResolvers } from '../generated/types.ts';

export const Notification: NotificationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.notification.load(id),
  id: notification => notification._id,
  actor: notification => (notification.actorId === null ? null : { id: notification.actorId }),
  subject: ({ subject }) => (subject === null ? null : { __typename: subject.type, id: subject.id }),
};
