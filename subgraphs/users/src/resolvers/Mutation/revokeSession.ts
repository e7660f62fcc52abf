import { fault } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { announceNow } from '../../revocations.ts';
import { endSessions } from '../../sessions.ts';

export const revokeSession: NonNullable<MutationResolvers['revokeSession']> = async (_, { id }, context) => {
  const userId = signedIn(context.viewer);
  const ended = await context.commit(async work => {
    const own = await work.sessions.exists({ _id: id, userId }).session(work.session);
    if (own === null) throw fault('SESSION_NOT_FOUND', 'You have no such session.', ['id']);
    return endSessions(work, { _id: id });
  });
  await announceNow(context, ended);
  return { deletedId: id, userErrors: [] };
};
