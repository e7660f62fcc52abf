import { id } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { unlike } from '../../post-aggregate.ts';

export const unlikePost: NonNullable<MutationResolvers['unlikePost']> = (_, { postId }, { viewer, commit }) => {
  const userId = signedIn(viewer);
  const _id = valid(id, postId, ['postId']);
  return commit(async work => ({ post: await unlike(work, userId, _id), userErrors: [] }));
};
