import { valid } from '@mealprep360/service/fault';
import { reportInput } from '../../domain/post-input.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { actingUser } from '../../known-people.ts';
import { report } from '../../post-aggregate.ts';

export const reportPost: NonNullable<MutationResolvers['reportPost']> = async (_, args, context) => {
  const reporterId = await actingUser(context);
  const { postId, reason } = valid(reportInput, args);
  return context.commit(async work => {
    await report(work, reporterId, postId, reason);
    return { reported: true, userErrors: [] };
  });
};
