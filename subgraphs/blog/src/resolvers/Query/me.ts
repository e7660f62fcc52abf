import type { QueryResolvers } from '../../generated/types.ts';

export const me: NonNullable<QueryResolvers['me']> = (_, __, { viewer }) =>
  viewer.userId === null ? null : { id: viewer.userId };
