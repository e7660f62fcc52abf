import { statusOf } from '../domain/post-status.ts';
import { RENDERING, renderPost } from '../domain/render-post.ts';
import type { BlogPostResolvers } from '../generated/types.ts';

export const BlogPost: BlogPostResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.post.load(id),
  id: post => post._id,
  bodyHtml: post => (post.rendering === RENDERING ? post.bodyHtml : renderPost(post.bodyMarkdown).bodyHtml),
  author: post => ({ id: post.authorId }),
  category: (post, _, { loaders }) => (post.categoryId === null ? null : loaders.category.load(post.categoryId)),
  tags: async (post, _, { loaders }) => {
    const tags = await Promise.all(post.tagIds.map(id => loaders.tag.load(id)));
    return tags.filter(tag => tag !== null);
  },
  recipes: post => post.recipeIds.map(id => ({ id })),
  status: post => statusOf(post, post.readAt),
  publishedAt: post => post.publishAt,
  commentCount: (post, _, { loaders }) => loaders.commentCount.load(post._id),
  comments: (post, { first, after }, { loaders }) => loaders.comments.load(post._id, { first, after }),
};
