import { fault, valid } from '@mealprep360/service/fault';
import { authPayload } from '../../auth-payload.ts';
import type { Context } from '../../context.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { emailKey, signInInput } from '../../domain/user-input.ts';
import { subjects, tryPassword } from '../../password-attempts.ts';
import { openSession } from '../../sessions.ts';

export const signIn: NonNullable<MutationResolvers['signIn']> = async (_, { input }, context) => {
  const { email, password } = valid(signInInput, input, ['input']);
  const key = emailKey(email);
  const known = await credentialsOf(context, key);
  const passwordHash = known?.passwordHash ?? null;
  const right = await tryPassword(context.db, { subject: subjects.signIn(key), passwordHash, password });
  if (!right || known === null) throw wrong();
  const { held, roles } = await context.commit(async work => {
    // the account may have gone, or got another password, while this one was checked
    const same = await work.credentials
      .exists({ _id: known._id, passwordHash: known.passwordHash })
      .session(work.session);
    const user = await work.users.findOne({ _id: known._id }).session(work.session).lean();
    if (same === null || user === null || (await work.isEntombed('User', known._id))) throw wrong();
    return { held: await openSession(work, known._id, context.userAgent), roles: user.roles };
  });
  return authPayload(context, held, roles);
};

const wrong = () => fault('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong.');

/** Looks twice for an unknown address too, so that it takes as long. */
async function credentialsOf({ models }: Context, key: string) {
  const user = await models.users.findOne({ emailKey: key }).select('_id').lean();
  return models.credentials.findOne({ _id: user?._id ?? '' }).lean();
}
