import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { changeUser } from '../../user-aggregate.ts';

export const changeSubscription: NonNullable<MutationResolvers['changeSubscription']> = async (
  _,
  { plan },
  { viewer, commit },
) => {
  const id = signedIn(viewer);
  await commit(work => changeUser(work, id, { type: 'ChangeSubscription', plan }));
  return { user: { id }, userErrors: [] };
};
