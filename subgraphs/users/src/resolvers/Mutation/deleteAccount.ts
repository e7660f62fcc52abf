import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { eraseAccount, erasureOf } from '../../account-erasure.ts';
import { deleteAccountInput } from '../../domain/user-input.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { provenPassword } from '../../password-attempts.ts';

// An account is erased once: whichever key it is asked for with again, the answer is the same erasure.
export const deleteAccount: NonNullable<MutationResolvers['deleteAccount']> = async (_, { input }, context) => {
  const userId = signedIn(context.viewer);
  const { password } = valid(deleteAccountInput, input, ['input']);
  const started = await erasureOf(context, userId);
  if (started !== null) return { erasure: started, userErrors: [] };
  await provenPassword(context, userId, password, ['input', 'password']);
  return { erasure: await eraseAccount(context, userId), userErrors: [] };
};
