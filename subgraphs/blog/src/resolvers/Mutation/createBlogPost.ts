import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { postInput } from '../../domain/post-input.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { createPost, written } from '../../post-aggregate.ts';

export const createBlogPost: NonNullable<MutationResolvers['createBlogPost']> = async (
  _,
  { input },
  { viewer, commit },
) => {
  const author = signedIn(viewer);
  const given = written(valid(postInput, input, ['input']));
  return { post: await commit(work => createPost(work, author, given)), userErrors: [] };
};
