import type { RecipeVersionConnectionResolvers } from './../generated/types.ts';
export const RecipeVersionConnection: RecipeVersionConnectionResolvers = {
  /* Implement RecipeVersionConnection resolver logic here */
};
