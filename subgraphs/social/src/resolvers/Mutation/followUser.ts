import { id } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import type { MutationResolvers } from '../../generated/types.ts';
import { actingUpon } from '../../known-people.ts';
import { follow } from '../../profile-aggregate.ts';

const self = { code: 'CANNOT_FOLLOW_YOURSELF', message: 'You cannot follow yourself: your posts are in your feed.' };

export const followUser: NonNullable<MutationResolvers['followUser']> = async (_, { userId }, context) => {
  const followeeId = valid(id, userId, ['userId']);
  const followerId = await actingUpon(context, followeeId, self);
  return context.commit(async work => ({ profile: await follow(work, followerId, followeeId), userErrors: [] }));
};
