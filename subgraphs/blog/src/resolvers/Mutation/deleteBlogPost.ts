import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { deletePost, ownPost } from '../../post-aggregate.ts';

export const deleteBlogPost: NonNullable<MutationResolvers['deleteBlogPost']> = async (
  _,
  { id },
  { viewer, commit },
) => {
  const author = signedIn(viewer);
  await commit(async work => deletePost(work, await ownPost(work, author, id)));
  return { deletedId: id, userErrors: [] };
};
