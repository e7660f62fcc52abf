import { fault } from '@mealprep360/service/fault';
import { MAX_PAGE } from '@mealprep360/service/paging';
import type { QueryResolvers } from '../../generated/types.ts';
import { inStatus } from '../../models/blog-post.ts';
import { blogTagCollection, type BlogTagRecord } from '../../models/blog-tag.ts';

// By the posts, and not by the tags: a tag that only drafts have is the author's own.
export const blogTags: NonNullable<QueryResolvers['blogTags']> = async (_, { first }, { models }) => {
  if (first < 1 || first > MAX_PAGE) {
    throw fault('INVALID_FIRST', `first is a number from 1 to ${MAX_PAGE}, not ${first}.`, ['first']);
  }
  return models.posts.aggregate<BlogTagRecord>([
    { $match: inStatus.PUBLISHED },
    { $unwind: '$tagIds' },
    { $group: { _id: '$tagIds', count: { $sum: 1 } } },
    { $sort: { count: -1, _id: 1 } },
    { $limit: first },
    { $lookup: { from: blogTagCollection.name, localField: '_id', foreignField: '_id', as: 'tag' } },
    { $replaceWith: { $first: '$tag' } },
  ]);
};
