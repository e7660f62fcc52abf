import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { preferencesInput } from '../../domain/user-input.ts';
import { changeUser } from '../../user-aggregate.ts';

export const updatePreferences: NonNullable<MutationResolvers['updatePreferences']> = async (
  _,
  { input },
  { viewer, commit },
) => {
  const id = signedIn(viewer);
  const changes = valid(preferencesInput, input, ['input']);
  await commit(work => changeUser(work, id, { type: 'ChangePreferences', changes }));
  return { user: { id }, userErrors: [] };
};
