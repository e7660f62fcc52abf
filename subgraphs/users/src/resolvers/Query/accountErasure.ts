import type { QueryResolvers } from '../../generated/types.ts';
import { erasureById } from '../../account-erasure.ts';

export const accountErasure: NonNullable<QueryResolvers['accountErasure']> = (_, { id }, context) =>
  erasureById(context, id);
