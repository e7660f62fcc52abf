import type { BlogPostConnectionResolvers } from '../generated/types.ts';

export const BlogPostConnection: BlogPostConnectionResolvers = {
  totalCount: page => page.totalCount(),
};
