import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { storeInput } from '../../domain/input.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import type { StoreLocationRecord } from '../../models/store-location.ts';

export const updateStoreLocation: NonNullable<MutationResolvers['updateStoreLocation']> = (
  _,
  { id, input },
  { viewer, commit },
) => {
  const userId = signedIn(viewer);
  const _id = valid(idSchema, id, ['id']);
  const described = valid(storeInput, input, ['input']);
  return commit(async work => {
    const before = await work.stores.findOne({ _id }).session(work.session).lean<StoreLocationRecord>();
    if (before === null) throw fault('STORE_NOT_FOUND', 'There is no such store.', ['id']);
    if (before.ownerId !== userId) throw fault('FORBIDDEN', 'Only who described this store may change it.');
    await work.stores.updateOne({ _id }, { $set: described }, { session: work.session });
    return { store: { ...before, ...described }, userErrors: [] };
  });
};
