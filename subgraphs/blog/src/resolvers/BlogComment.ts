import type { BlogCommentResolvers } from '../generated/types.ts';

export const BlogComment: BlogCommentResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.comment.load(id),
  id: comment => comment._id,
  author: comment => ({ id: comment.authorId }),
  replyTo: (comment, _, { loaders }) => (comment.replyToId === null ? null : loaders.comment.load(comment.replyToId)),
};
