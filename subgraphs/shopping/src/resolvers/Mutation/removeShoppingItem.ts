import { signedIn } from '@mealprep360/service/viewer';
import { itemToEdit } from '../../access.ts';
import { takeOff } from '../../domain/item.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { changeList } from '../../shopping-list-aggregate.ts';

export const removeShoppingItem: NonNullable<MutationResolvers['removeShoppingItem']> = (
  _,
  { id },
  { viewer, commit },
) => {
  const userId = signedIn(viewer);
  return commit(async work => {
    const { list, item } = await itemToEdit(work, userId, id);
    await changeList(work, list, { ...(item.manual ? { gone: [id] } : { put: [takeOff(item)] }), cause: 'EDITED' });
    return { deletedId: id, userErrors: [] };
  });
};
