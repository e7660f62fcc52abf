import { newId } from '@mealprep360/mongo/id';
import { fault, valid } from '@mealprep360/service/fault';
import { authPayload } from '../../auth-payload.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { emailKey, signUpInput } from '../../domain/user-input.ts';
import { hashPassword } from '../../passwords.ts';
import { openSession } from '../../sessions.ts';
import { createUser } from '../../user-aggregate.ts';

export const signUp: NonNullable<MutationResolvers['signUp']> = async (_, { input }, context) => {
  const { email, password, displayName, timeZone, locale } = valid(signUpInput, input, ['input']);
  const _id = newId();
  const passwordHash = await hashPassword(password);
  const { held, roles } = await context.commit(async work => {
    if (await work.users.exists({ emailKey: emailKey(email) }).session(work.session)) {
      throw fault('EMAIL_TAKEN', 'There is an account with this e-mail address. Sign in instead.', ['input', 'email']);
    }
    const user = await createUser(work, _id, { type: 'Create', email, displayName, settings: { timeZone, locale } });
    await work.credentials.create([{ _id, passwordHash, changedAt: work.now }], { session: work.session });
    return { held: await openSession(work, _id, context.userAgent), roles: user.roles };
  });
  return authPayload(context, held, roles);
};
