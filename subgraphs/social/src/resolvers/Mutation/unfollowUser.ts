import { id } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { unfollow } from '../../profile-aggregate.ts';

export const unfollowUser: NonNullable<MutationResolvers['unfollowUser']> = (_, { userId }, { viewer, commit }) => {
  const followerId = signedIn(viewer);
  const followeeId = valid(id, userId, ['userId']);
  return commit(async work => ({ profile: await unfollow(work, followerId, followeeId), userErrors: [] }));
};
