import type { QueryResolvers } from '../../generated/types.ts';
import { MAX_CATEGORIES, type RecipeCategoryRecord } from '../../models/recipe-category.ts';

export const recipeCategories: NonNullable<QueryResolvers['recipeCategories']> = (_, __, { models }) =>
  models.categories.find().sort({ name: 1 }).limit(MAX_CATEGORIES).lean<RecipeCategoryRecord[]>();
