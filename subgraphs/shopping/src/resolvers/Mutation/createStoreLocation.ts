import { newId } from '@mealprep360/mongo/id';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { storeInput } from '../../domain/input.ts';
import type { MutationResolvers } from '../../generated/types.ts';

export const createStoreLocation: NonNullable<MutationResolvers['createStoreLocation']> = (
  _,
  { input },
  { viewer, commit },
) => {
  const ownerId = signedIn(viewer);
  const described = valid(storeInput, input, ['input']);
  return commit(async work => {
    const store = { _id: newId(), ownerId, ...described };
    await work.stores.insertMany([store], { session: work.session });
    return { store, userErrors: [] };
  });
};
