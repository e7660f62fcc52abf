import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { postInput } from '../../domain/post-input.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { conflict, editPost, ownPost, written } from '../../post-aggregate.ts';

export const updateBlogPost: NonNullable<MutationResolvers['updateBlogPost']> = async (
  _,
  { id, expectedVersion, input },
  { viewer, commit },
) => {
  const author = signedIn(viewer);
  const given = written(valid(postInput, input, ['input']));
  return commit(async work => {
    const before = await ownPost(work, author, id);
    if (before.version !== expectedVersion) throw conflict(expectedVersion);
    return { post: await editPost(work, before, given), userErrors: [] };
  });
};
