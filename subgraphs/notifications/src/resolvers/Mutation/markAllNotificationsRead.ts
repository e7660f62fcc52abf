import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';

export const markAllNotificationsRead: NonNullable<MutationResolvers['markAllNotificationsRead']> = (
  _,
  { before },
  { viewer, commit },
) => {
  const userId = signedIn(viewer);
  return commit(async ({ notifications, session, now }) => {
    const until = before == null ? now : new Date(before);
    const unread = { userId, readAt: null, createdAt: { $lte: until } };
    return (await notifications.updateMany(unread, { $set: { readAt: now } }, { session })).modifiedCount;
  });
};
