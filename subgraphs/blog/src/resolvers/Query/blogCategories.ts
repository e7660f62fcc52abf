import type { QueryResolvers } from '../../generated/types.ts';
import { MAX_CATEGORIES, type BlogCategoryRecord } from '../../models/blog-category.ts';

// A query of mongoose runs anew for each who waits for it: an answer is a promise.
export const blogCategories: NonNullable<QueryResolvers['blogCategories']> = async (_, __, { models }) =>
  models.categories.find().sort({ key: 1 }).limit(MAX_CATEGORIES).lean<BlogCategoryRecord[]>();
