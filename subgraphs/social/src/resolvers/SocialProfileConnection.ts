import type { SocialProfileConnectionResolvers } from '../generated/types.ts';

export const SocialProfileConnection: SocialProfileConnectionResolvers = {
  // A page of follows is shown as the profiles of one side; one that is gone by now is left out.
  edges: async ({ edges, shown }, _, { loaders }) => {
    const profiles = await Promise.all(edges.map(({ node }) => loaders.profile.load(node[shown])));
    return edges.flatMap(({ cursor }, index) => {
      const node = profiles[index];
      return node == null ? [] : [{ cursor, node }];
    });
  },
  totalCount: page => page.totalCount(),
};
