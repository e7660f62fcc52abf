import { preferences } from '@mealprep360/contracts/users';
import { id } from '@mealprep360/contracts/vocabulary';
import { Unanswered } from '@mealprep360/service/ask';
import { fault } from '@mealprep360/service/fault';
import { z } from 'zod';
import type { Context } from './context.ts';
import { userCopyOf, type UserCopy } from './models/user-copy.ts';

const answer = z.object({ users: z.array(z.object({ id, version: z.int().positive(), preferences })) });

/**
 * What this user eats and likes: from the copy, or once from its owner when the copy has not arrived. Throws a Fault
 * NOT_READY when neither knows: what is not known is never read as nothing.
 */
export async function knownPreferences(
  { userCopies, ask, commit }: Pick<Context, 'userCopies' | 'ask' | 'commit'>,
  userId: string,
): Promise<UserCopy> {
  const copy = await userCopies.get(userId);
  if (copy?.state) return copy.state;
  const [user] = answer.parse(await askUsers(ask, userId)).users;
  if (user === undefined) throw notReady();
  const state = userCopyOf(user.preferences);
  await commit(work => work.userCopies.keep(userId, user.version, state));
  return state;
}

async function askUsers(ask: Context['ask'], userId: string): Promise<unknown> {
  try {
    return await ask('users', '/internal/users/by-ids', { ids: [userId] });
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    throw notReady();
  }
}

const notReady = () =>
  fault('NOT_READY', 'The preferences of this user are not known here yet, so nothing can be recommended. Try again.');
