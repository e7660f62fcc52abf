import { id } from '@mealprep360/contracts/vocabulary';
import { Unanswered } from '@mealprep360/service/ask';
import { fault } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { z } from 'zod';
import type { Context } from './context.ts';
import { makeProfile, userNotFound } from './profile-aggregate.ts';

const answer = z.object({ users: z.array(z.object({ id })) });

/**
 * Which of these users exist, each now with a profile: whoever has none yet, since the word of the sign-up has not
 * arrived, is asked for at users once. Throws a Fault NOT_READY when users is needed and does not answer.
 */
export async function knownPeople(
  { models, ask, commit }: Pick<Context, 'models' | 'ask' | 'commit'>,
  ids: readonly string[],
): Promise<Set<string>> {
  const there = await models.profiles.find({ _id: { $in: ids } }, { _id: 1 }).lean();
  const known = new Set(there.map(({ _id }) => _id));
  const awaited = ids.filter(userId => !known.has(userId));
  if (awaited.length === 0) return known;
  const { users } = answer.parse(await askUsers(ask, awaited));
  return commit(async work => {
    const made = new Set(known);
    for (const user of users) if ((await makeProfile(work, user.id)) !== null) made.add(user.id);
    return made;
  });
}

/** Who acts, with a profile. Throws a Fault UNAUTHENTICATED or NOT_READY. */
export async function actingUser(context: Pick<Context, 'viewer' | 'models' | 'ask' | 'commit'>): Promise<string> {
  const userId = signedIn(context.viewer);
  if ((await knownPeople(context, [userId])).has(userId)) return userId;
  throw noSuchAccount();
}

/** Who acts, and another person upon whom; `self` says why that cannot be oneself. Throws a Fault. */
export async function actingUpon(
  context: Pick<Context, 'viewer' | 'models' | 'ask' | 'commit'>,
  other: string,
  self: { code: string; message: string },
): Promise<string> {
  const userId = signedIn(context.viewer);
  if (userId === other) throw fault(self.code, self.message, ['userId']);
  const known = await knownPeople(context, [userId, other]);
  if (!known.has(userId)) throw noSuchAccount();
  if (!known.has(other)) throw userNotFound();
  return userId;
}

const noSuchAccount = () => fault('UNAUTHENTICATED', 'There is no account any more of who is signed in here.');

async function askUsers(ask: Context['ask'], ids: readonly string[]): Promise<unknown> {
  try {
    return await ask('users', '/internal/users/by-ids', { ids });
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    throw fault('NOT_READY', 'The profile of this user has not arrived yet. Try again in a moment.');
  }
}
