import type { QueryResolvers } from '../../generated/types.ts';

export const session: NonNullable<QueryResolvers['session']> = async (_, __, { viewer, loaders }) => {
  if (viewer.sessionId === null) return null;
  const found = await loaders.session.load(viewer.sessionId);
  return found?.userId === viewer.userId && found.revokedAt === null ? found : null;
};
