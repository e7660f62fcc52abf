import { valid } from '@mealprep360/service/fault';
import { postInput } from '../../domain/post-input.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { actingUser } from '../../known-people.ts';
import { createPost as create } from '../../post-aggregate.ts';

export const createPost: NonNullable<MutationResolvers['createPost']> = async (_, { input }, context) => {
  const authorId = await actingUser(context);
  const written = valid(postInput, input, ['input']);
  return context.commit(async work => ({ post: await create(work, authorId, written), userErrors: [] }));
};
