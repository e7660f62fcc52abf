import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import type { QueryResolvers } from '../../generated/types.ts';

export const user: NonNullable<QueryResolvers['user']> = async (_, { id }, { loaders }) => {
  const found = await loaders.user.load(valid(idSchema, id, ['id']));
  return found && { id: found._id };
};
