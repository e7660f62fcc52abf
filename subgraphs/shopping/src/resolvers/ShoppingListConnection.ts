import type { ShoppingListConnectionResolvers } from '../generated/types.ts';

export const ShoppingListConnection: ShoppingListConnectionResolvers = {
  totalCount: page => page.totalCount(),
};
