import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import type { QueryResolvers } from '../../generated/types.ts';

export const notification: NonNullable<QueryResolvers['notification']> = (_, { id }, { loaders }) =>
  loaders.notification.load(valid(idSchema, id, ['id']));
