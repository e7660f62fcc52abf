import type { BlogTagResolvers } from '../generated/types.ts';

export const BlogTag: BlogTagResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.tag.load(id),
  id: tag => tag._id,
  postCount: (tag, _, { loaders }) => loaders.postCount.load(tag._id),
};
