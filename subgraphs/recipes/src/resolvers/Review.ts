import type { ReviewResolvers } from '../generated/types.ts';

export const Review: ReviewResolvers = {
  id: review => review._id,
  author: review => ({ id: review.userId }),
};
