import { valid } from '@mealprep360/service/fault';
import { commentInput } from '../../domain/post-input.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { actingUser } from '../../known-people.ts';
import { addComment as add } from '../../post-aggregate.ts';

export const addComment: NonNullable<MutationResolvers['addComment']> = async (_, args, context) => {
  const authorId = await actingUser(context);
  const written = valid(commentInput, args);
  return context.commit(async work => ({ comment: await add(work, authorId, written), userErrors: [] }));
};
