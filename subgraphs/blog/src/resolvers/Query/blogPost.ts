import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import type { QueryResolvers } from '../../generated/types.ts';
import { visibleTo, withReadAt, type ReadPost } from '../../models/blog-post.ts';

export const blogPost: NonNullable<QueryResolvers['blogPost']> = async (
  _,
  { id, slug },
  { loaders, models, viewer },
) => {
  if (id != null && slug == null) return loaders.post.load(valid(idSchema, id, ['id']));
  if (slug == null || id != null) throw fault('INVALID_INPUT', 'Name the post by id or by slug: exactly one of them.');
  const match = { slug, ...visibleTo(viewer) };
  const [post] = await models.posts.aggregate<ReadPost>([{ $match: match }, { $set: withReadAt }]);
  return post ?? null;
};
