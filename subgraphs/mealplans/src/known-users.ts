import { preferences, settings } from '@mealprep360/contracts/users';
import { id } from '@mealprep360/contracts/vocabulary';
import { Unanswered } from '@mealprep360/service/ask';
import { fault } from '@mealprep360/service/fault';
import { z } from 'zod';
import type { Context } from './context.ts';
import type { UserCopy } from './models/user-copy.ts';

const answer = z.object({ users: z.array(z.object({ id, version: z.int().positive(), preferences, settings })) });

/**
 * Users by id: from the copies, and once from their owner where a copy has not arrived. One who is missing in the
 * answer does not exist. Throws a Fault NOT_READY when the owner is needed and does not answer.
 */
export async function knownUsers(
  { userCopies, ask, commit }: Pick<Context, 'userCopies' | 'ask' | 'commit'>,
  ids: readonly string[],
): Promise<Map<string, UserCopy>> {
  const users = new Map<string, UserCopy>();
  for (const [userId, copy] of await userCopies.getMany(ids)) if (copy.state) users.set(userId, copy.state);
  const awaited = ids.filter(userId => !users.has(userId));
  if (awaited.length === 0) return users;
  const asked = answer.parse(await askUsers(ask, awaited));
  await commit(async work => {
    for (const { id: userId, version, ...state } of asked.users) await work.userCopies.keep(userId, version, state);
  });
  for (const { id: userId, version: _, ...state } of asked.users) users.set(userId, state);
  return users;
}

async function askUsers(ask: Context['ask'], ids: readonly string[]): Promise<unknown> {
  try {
    return await ask('users', '/internal/users/by-ids', { ids });
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    throw fault('NOT_READY', 'The preferences and settings of this user have not arrived yet. Try again in a moment.');
  }
}
