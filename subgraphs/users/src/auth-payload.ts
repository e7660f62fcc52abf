import { signAccess, type Role } from '@mealprep360/service/tokens';
import type { Context } from './context.ts';
import type { Held } from './sessions.ts';

/** Who is signed in now, with both tokens. What is private of them may be read in the same answer. */
export const authPayload = async ({ keys }: Context, { userId, sessionId, refreshToken }: Held, roles: Role[]) => ({
  user: { id: userId, isViewer: true },
  accessToken: await signAccess(keys, { userId, sessionId, roles }),
  refreshToken,
  userErrors: [],
});
