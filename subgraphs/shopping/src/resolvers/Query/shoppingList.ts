import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import type { QueryResolvers } from '../../generated/types.ts';

export const shoppingList: NonNullable<QueryResolvers['shoppingList']> = (_, { id }, { loaders }) =>
  loaders.list.load(valid(idSchema, id, ['id']));
