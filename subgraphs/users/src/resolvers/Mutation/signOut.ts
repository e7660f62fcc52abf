import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { announceNow } from '../../revocations.ts';
import { endSessions } from '../../sessions.ts';

export const signOut: NonNullable<MutationResolvers['signOut']> = async (_, { allDevices }, context) => {
  const userId = signedIn(context.viewer);
  const which = allDevices ? { userId } : { userId, _id: context.viewer.sessionId ?? '' };
  const ended = await context.commit(work => endSessions(work, which));
  await announceNow(context, ended);
  return true;
};
