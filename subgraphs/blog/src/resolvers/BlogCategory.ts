import type { BlogCategoryResolvers } from '../generated/types.ts';

export const BlogCategory: BlogCategoryResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.category.load(id),
  id: category => category._id,
  posts: (category, { first, after }, { loaders }) => loaders.postsOfCategory.load(category._id, { first, after }),
};
