import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { listToEdit } from '../../access.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { changeList } from '../../shopping-list-aggregate.ts';

export const setPreferredStore: NonNullable<MutationResolvers['setPreferredStore']> = (_, args, { viewer, commit }) => {
  const userId = signedIn(viewer);
  const storeId = valid(idSchema.nullable(), args.storeId ?? null, ['storeId']);
  return commit(async work => {
    const list = await listToEdit(work, userId, args.listId);
    if (list.storeId === storeId) return { shoppingList: list, userErrors: [] };
    if (storeId !== null && !(await work.stores.exists({ _id: storeId }).session(work.session))) {
      throw fault('STORE_NOT_FOUND', 'There is no such store.', ['storeId']);
    }
    const shoppingList = await changeList(work, list, { fields: { storeId }, cause: 'OTHER' });
    return { shoppingList, userErrors: [] };
  });
};
