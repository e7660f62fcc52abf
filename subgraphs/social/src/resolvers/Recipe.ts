import type { RecipeResolvers } from '../generated/types.ts';

export const Recipe: RecipeResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  socialPosts: (recipe, args, { loaders }) => loaders.postsAboutRecipe.load(recipe.id, args),
};
