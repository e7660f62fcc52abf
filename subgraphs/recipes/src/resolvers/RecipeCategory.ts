import type { RecipeCategoryResolvers } from '../generated/types.ts';

export const RecipeCategory: RecipeCategoryResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.category.load(id),
  id: category => category._id,
  parent: (category, _, { loaders }) => (category.parentId === null ? null : loaders.category.load(category.parentId)),
  recipes: (category, { first, after }, { loaders }) => loaders.recipesOfCategory.load(category._id, { first, after }),
};
