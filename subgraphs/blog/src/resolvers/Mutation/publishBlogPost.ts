import { fault } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { ownPost, publishPost } from '../../post-aggregate.ts';

const MAX_AHEAD = 366 * 24 * 60 * 60 * 1000;

export const publishBlogPost: NonNullable<MutationResolvers['publishBlogPost']> = async (
  _,
  { id, at },
  { viewer, commit },
) => {
  const author = signedIn(viewer);
  const time = at == null ? null : new Date(at);
  return commit(async work => {
    if (time !== null && time.getTime() - work.now.getTime() > MAX_AHEAD) {
      throw fault('INVALID_INPUT', 'A post is scheduled for a year ahead at most.', ['at']);
    }
    return { post: await publishPost(work, await ownPost(work, author, id), time), userErrors: [] };
  });
};
