import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { archivePost, ownPost } from '../../post-aggregate.ts';

export const archiveBlogPost: NonNullable<MutationResolvers['archiveBlogPost']> = async (
  _,
  { id },
  { viewer, commit },
) => {
  const author = signedIn(viewer);
  const post = await commit(async work => archivePost(work, await ownPost(work, author, id)));
  return { post, userErrors: [] };
};
