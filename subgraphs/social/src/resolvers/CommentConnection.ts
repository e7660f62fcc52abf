import type { CommentConnectionResolvers } from '../generated/types.ts';

export const CommentConnection: CommentConnectionResolvers = {
  totalCount: page => page.totalCount(),
};
