import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { deleteComment as remove } from '../../post-aggregate.ts';

export const deleteComment: NonNullable<MutationResolvers['deleteComment']> = (_, { id }, { viewer, commit }) => {
  const authorId = signedIn(viewer);
  const deletedId = valid(idSchema, id, ['id']);
  return commit(async work => {
    await remove(work, authorId, deletedId);
    return { deletedId, userErrors: [] };
  });
};
