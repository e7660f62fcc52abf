import { valid } from '@mealprep360/service/fault';
import { page } from '@mealprep360/service/paging';
import type { QueryResolvers } from '../../generated/types.ts';
import { listingOf, searchInput } from '../../models/blog-post-search.ts';
import type { BlogPostRecord, ReadPost } from '../../models/blog-post.ts';

export const blogPosts: NonNullable<QueryResolvers['blogPosts']> = async (
  _,
  { filter, first, after },
  { models, viewer },
) => {
  const { text, categorySlug, tagSlug, authorId, status } = valid(searchInput, filter ?? {}, ['filter']);
  const [category, tag] = await Promise.all([
    categorySlug ? models.categories.findOne({ slug: categorySlug }, { _id: 1 }).lean() : null,
    tagSlug ? models.tags.findOne({ slug: tagSlug }, { _id: 1 }).lean() : null,
  ]);
  const fields = {
    ...(authorId && { authorId }),
    // no post is in a category, or has a tag, that is not there
    ...(categorySlug && { categoryId: category?._id ?? '' }),
    ...(tagSlug && { tagIds: tag?._id ?? '' }),
  };
  const listing = listingOf({ text: text ?? '', status: status ?? 'PUBLISHED', fields }, viewer);
  return page<BlogPostRecord, ReadPost>({ model: models.posts, ...listing }, { first, after });
};
