import { id } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import type { MutationResolvers } from '../../generated/types.ts';
import { actingUser } from '../../known-people.ts';
import { like } from '../../post-aggregate.ts';

export const likePost: NonNullable<MutationResolvers['likePost']> = async (_, { postId }, context) => {
  const userId = await actingUser(context);
  const _id = valid(id, postId, ['postId']);
  return context.commit(async work => ({ post: await like(work, userId, _id), userErrors: [] }));
};
