import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { settingsInput } from '../../domain/user-input.ts';
import { changeUser } from '../../user-aggregate.ts';

export const updateSettings: NonNullable<MutationResolvers['updateSettings']> = async (
  _,
  { input },
  { viewer, commit },
) => {
  const id = signedIn(viewer);
  const changes = valid(settingsInput, input, ['input']);
  await commit(work => changeUser(work, id, { type: 'ChangeSettings', changes }));
  return { user: { id }, userErrors: [] };
};
