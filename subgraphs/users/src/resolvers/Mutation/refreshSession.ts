import { fault } from '@mealprep360/service/fault';
import { authPayload } from '../../auth-payload.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { announceNow } from '../../revocations.ts';
import { refresh } from '../../sessions.ts';

const path = ['refreshToken'];

export const refreshSession: NonNullable<MutationResolvers['refreshSession']> = async (
  _,
  { refreshToken },
  context,
) => {
  const { refreshed, roles } = await context.commit(async work => {
    const result = await refresh(work, refreshToken);
    if (result.outcome !== 'ROTATED') return { refreshed: result, roles: [] };
    const user = await work.users.findOne({ _id: result.held.userId }).session(work.session).lean();
    return { refreshed: user === null ? ({ outcome: 'UNKNOWN' } as const) : result, roles: user?.roles ?? [] };
  });
  if (refreshed.outcome === 'ROTATED') return authPayload(context, refreshed.held, roles);
  if (refreshed.outcome === 'REUSED') {
    await announceNow(context, [refreshed.sessionId]);
    throw fault('REFRESH_TOKEN_REUSED', 'This token was used before, so its session was ended. Sign in again.', path);
  }
  throw fault('INVALID_REFRESH_TOKEN', 'This is not a token of a session that goes on. Sign in again.', path);
};
