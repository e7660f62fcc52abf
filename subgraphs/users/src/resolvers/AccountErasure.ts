import { erasureById } from '../account-erasure.ts';
import type { AccountErasureResolvers } from '../generated/types.ts';

export const AccountErasure: AccountErasureResolvers = {
  __resolveReference: ({ id }, context) => erasureById(context, id),
};
