import type { ShoppingItemConnectionResolvers } from '../generated/types.ts';

export const ShoppingItemConnection: ShoppingItemConnectionResolvers = {
  totalCount: page => page.totalCount(),
};
