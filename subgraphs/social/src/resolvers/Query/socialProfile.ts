import { foldHandle } from '../../domain/handle.ts';
import type { QueryResolvers } from '../../generated/types.ts';

export const socialProfile: NonNullable<QueryResolvers['socialProfile']> = (_, { handle }, { loaders }) =>
  loaders.profileByHandle(foldHandle(handle));
