import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';

export const markNotificationRead: NonNullable<MutationResolvers['markNotificationRead']> = (
  _,
  { id },
  { viewer, commit },
) => {
  const mine = { _id: valid(idSchema, id, ['id']), userId: signedIn(viewer) };
  return commit(async ({ notifications, session, now }) => {
    await notifications.updateOne({ ...mine, readAt: null }, { $set: { readAt: now } }, { session });
    const notification = await notifications.findOne(mine).session(session).lean();
    if (notification === null) throw fault('NOTIFICATION_NOT_FOUND', 'You have no notification of this id.', ['id']);
    return { notification, userErrors: [] };
  });
};
