import type { BlogCommentConnectionResolvers } from '../generated/types.ts';

export const BlogCommentConnection: BlogCommentConnectionResolvers = {
  totalCount: page => page.totalCount(),
};
