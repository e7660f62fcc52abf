import type { QueryResolvers } from '../../generated/types.ts';
import { MAX_CATEGORIES, type RecipeCategoryRecord } from '../../models/recipe-category.ts';

// A query of mongoose runs anew for each who waits for it: an answer is a promise.
export const recipeCategories: NonNullable<QueryResolvers['recipeCategories']> = async (_, __, { models }) =>
  models.categories.find().sort({ name: 1 }).limit(MAX_CATEGORIES).lean<RecipeCategoryRecord[]>();
