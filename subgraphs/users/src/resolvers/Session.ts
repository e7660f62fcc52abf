import { maySeePrivate } from '@mealprep360/service/viewer';
import type { SessionResolvers } from '../generated/types.ts';

export const Session: SessionResolvers = {
  __resolveReference: async ({ id }, { viewer, loaders }) => {
    const session = await loaders.session.load(id);
    return session && maySeePrivate(viewer, session.userId) ? session : null;
  },
  id: session => session._id,
  user: session => ({ id: session.userId }),
  current: (session, _, { viewer }) => session._id === viewer.sessionId,
};
