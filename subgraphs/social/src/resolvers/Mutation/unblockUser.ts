import { id } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { unblock } from '../../profile-aggregate.ts';

export const unblockUser: NonNullable<MutationResolvers['unblockUser']> = (_, { userId }, { viewer, commit }) => {
  const blockerId = signedIn(viewer);
  const blockedId = valid(id, userId, ['userId']);
  return commit(async work => ({ profile: await unblock(work, blockerId, blockedId), userErrors: [] }));
};
