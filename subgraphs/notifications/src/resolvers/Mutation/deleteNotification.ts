import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';

export const deleteNotification: NonNullable<MutationResolvers['deleteNotification']> = (
  _,
  { id },
  { viewer, commit },
) => {
  const mine = { _id: valid(idSchema, id, ['id']), userId: signedIn(viewer) };
  return commit(async ({ notifications, session }) => {
    const { deletedCount } = await notifications.deleteOne(mine, { session });
    if (deletedCount === 0) throw fault('NOTIFICATION_NOT_FOUND', 'You have no notification of this id.', ['id']);
    return { deletedId: id, userErrors: [] };
  });
};
