import type { SocialPostConnectionResolvers } from '../generated/types.ts';

export const SocialPostConnection: SocialPostConnectionResolvers = {
  totalCount: page => page.totalCount(),
};
