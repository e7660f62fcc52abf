import type { CommentResolvers } from '../generated/types.ts';

export const Comment: CommentResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.comment.load(id),
  id: comment => comment._id,
  author: (comment, _, { loaders }) => loaders.profile.load(comment.authorId),
  replyTo: ({ replyToId }, _, { loaders }) => (replyToId === null ? null : loaders.comment.load(replyToId)),
};
