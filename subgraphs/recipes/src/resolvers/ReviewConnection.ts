import type { ReviewConnectionResolvers } from '../generated/types.ts';

export const ReviewConnection: ReviewConnectionResolvers = {
  totalCount: page => page.totalCount(),
};
