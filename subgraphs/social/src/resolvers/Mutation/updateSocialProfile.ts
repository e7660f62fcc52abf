import { valid } from '@mealprep360/service/fault';
import { profileInput } from '../../domain/profile-input.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { actingUser } from '../../known-people.ts';
import { editProfile } from '../../profile-aggregate.ts';

export const updateSocialProfile: NonNullable<MutationResolvers['updateSocialProfile']> = async (
  _,
  { input },
  context,
) => {
  const userId = await actingUser(context);
  const { handle, bio } = valid(profileInput, input, ['input']);
  return context.commit(async work => ({ profile: await editProfile(work, userId, { handle, bio }), userErrors: [] }));
};
