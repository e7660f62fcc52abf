import type { RecipeConnectionResolvers } from '../generated/types.ts';

export const RecipeConnection: RecipeConnectionResolvers = {
  edges: page => page.edges.map(edge => ({ ...edge, reasons: [...(page.reasons ?? [])] })),
  totalCount: page => page.totalCount(),
};
