import { fault, valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { authPayload } from '../../auth-payload.ts';
import type { OwnWork } from '../../context.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { changePasswordInput } from '../../domain/user-input.ts';
import { provenPassword, wrongPassword } from '../../password-attempts.ts';
import { hashPassword } from '../../passwords.ts';
import { announceNow } from '../../revocations.ts';
import { endSessions, liveSession, rotate } from '../../sessions.ts';

export const changePassword: NonNullable<MutationResolvers['changePassword']> = async (_, { input }, context) => {
  const userId = signedIn(context.viewer);
  const { currentPassword, newPassword } = valid(changePasswordInput, input, ['input']);
  const before = await provenPassword(context, userId, currentPassword, ['input', 'currentPassword']);
  const after = await hashPassword(newPassword);
  const { held, roles, ended } = await context.commit(async work => {
    const session = await liveSession(work, userId, context.viewer.sessionId);
    const user = await work.users.findOne({ _id: userId }).session(work.session).lean();
    if (session === null || user === null) throw fault('UNAUTHENTICATED', 'This session has ended. Sign in again.');
    await replaceHash(work, userId, before, after);
    const others = await endSessions(work, { userId, _id: { $ne: session._id } });
    return { held: await rotate(work, session), roles: user.roles, ended: others };
  });
  await announceNow(context, ended);
  return authPayload(context, held, roles);
};

// A change that was faster has made the given password a wrong one.
async function replaceHash(work: OwnWork, _id: string, before: string, passwordHash: string): Promise<void> {
  const next = { $set: { passwordHash, changedAt: work.now } };
  const { matchedCount } = await work.credentials.updateOne({ _id, passwordHash: before }, next, {
    session: work.session,
  });
  if (matchedCount === 0) throw wrongPassword(['input', 'currentPassword']);
}
