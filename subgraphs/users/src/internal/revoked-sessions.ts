import type { InternalRoute } from '@mealprep360/service/subgraph';
import type { Context } from '../context.ts';
import { recentlyRevoked } from '../revocations.ts';

/** `{}` → `{revoked: [session id, …]}`: what the gateway has to refuse when it cannot ask Redis. */
export const revokedSessions: InternalRoute<Context> = {
  callers: ['gateway'],
  answer: async (_, { db }) => ({ revoked: await recentlyRevoked({ db }) }),
};
