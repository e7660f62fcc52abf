import { maySeePrivate } from '@mealprep360/service/viewer';
import type { UserResolvers } from '../generated/types.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  recipes: (user, { first, after }, { loaders }) => loaders.recipesOfUser.load(user.id, { first, after }),
  savedRecipes: async (user, { first, after }, { loaders, viewer }) => {
    if (!maySeePrivate(viewer, user.id)) return null;
    const saves = await loaders.savesOfUser.load(user.id, { first, after });
    const found = await Promise.all(saves.nodes.map(save => loaders.recipe.load(save.recipeId)));
    // A save goes with the recipe and with the right to see it; what slipped through that is left out here.
    const edges = saves.edges.flatMap(({ cursor }, index) => {
      const node = found[index] ?? null;
      return node === null ? [] : [{ cursor, node }];
    });
    return { ...saves, edges, nodes: edges.map(edge => edge.node) };
  },
  recommendedRecipes: (user, { first, after }, { loaders, viewer }) =>
    viewer.userId === user.id ? loaders.recommendations(user.id, { first, after }) : null,
};
