import { id } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { MutationResolvers } from '../../generated/types.ts';
import { deletePlan, ownPlan } from '../../plan-aggregate.ts';

export const deleteMealPlan: NonNullable<MutationResolvers['deleteMealPlan']> = async (_, args, { viewer, commit }) => {
  const ownerId = signedIn(viewer);
  const deletedId = valid(id, args.id, ['id']);
  await commit(async work => deletePlan(work, await ownPlan(work, ownerId, { planId: deletedId, path: ['id'] })));
  return { deletedId, userErrors: [] };
};
