import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { profileInput } from '../../domain/user-input.ts';
import { changeUser } from '../../user-aggregate.ts';

export const updateProfile: NonNullable<MutationResolvers['updateProfile']> = async (
  _,
  { input },
  { viewer, commit },
) => {
  const id = signedIn(viewer);
  const changes = valid(profileInput, input, ['input']);
  await commit(work => changeUser(work, id, { type: 'ChangeProfile', changes }));
  return { user: { id }, userErrors: [] };
};
