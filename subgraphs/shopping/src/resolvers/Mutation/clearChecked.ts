import { signedIn } from '@mealprep360/service/viewer';
import { listToEdit } from '../../access.ts';
import { takeOff } from '../../domain/item.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import type { ShoppingItemRecord } from '../../models/shopping-item.ts';
import { changeList } from '../../shopping-list-aggregate.ts';

export const clearChecked: NonNullable<MutationResolvers['clearChecked']> = (_, { listId }, { viewer, commit }) => {
  const userId = signedIn(viewer);
  return commit(async work => {
    const list = await listToEdit(work, userId, listId);
    const wanted = { listId: list._id, listed: true, checked: true };
    const checked = await work.items.find(wanted).session(work.session).lean<ShoppingItemRecord[]>();
    if (checked.length === 0) return { shoppingList: list, userErrors: [] };
    const gone = checked.filter(item => item.manual).map(item => item._id);
    // settled stays what it was when the item was checked, so more that is needed later is seen
    const put = checked.filter(item => !item.manual).map(item => ({ ...takeOff(item), settled: item.settled }));
    return { shoppingList: await changeList(work, list, { gone, put, cause: 'CHECKED' }), userErrors: [] };
  });
};
