import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import type { QueryResolvers } from '../../generated/types.ts';

export const mealPlan: NonNullable<QueryResolvers['mealPlan']> = (_, { id }, { loaders }) =>
  loaders.plan.load(valid(idSchema, id, ['id']));
