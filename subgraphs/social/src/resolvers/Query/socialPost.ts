import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import type { QueryResolvers } from '../../generated/types.ts';

export const socialPost: NonNullable<QueryResolvers['socialPost']> = (_, { id }, { loaders }) =>
  loaders.post.load(valid(idSchema, id, ['id']));
