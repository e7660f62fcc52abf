import { id } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import type { MutationResolvers } from '../../generated/types.ts';
import { actingUpon } from '../../known-people.ts';
import { block } from '../../profile-aggregate.ts';

const self = { code: 'CANNOT_BLOCK_YOURSELF', message: 'You cannot block yourself.' };

export const blockUser: NonNullable<MutationResolvers['blockUser']> = async (_, { userId }, context) => {
  const blockedId = valid(id, userId, ['userId']);
  const blockerId = await actingUpon(context, blockedId, self);
  return context.commit(async work => ({ profile: await block(work, blockerId, blockedId), userErrors: [] }));
};
