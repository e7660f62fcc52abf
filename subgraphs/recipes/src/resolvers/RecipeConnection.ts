import type { RecipeConnectionResolvers } from '../generated/types.ts';

export const RecipeConnection: RecipeConnectionResolvers = {
  edges: page => page.edges.map(edge => ({ ...edge, reasons: page.reasonsFor?.(edge.node) ?? [] })),
  totalCount: page => page.totalCount(),
};
