import { signedIn } from '@mealprep360/service/viewer';
import { listToOwn } from '../../access.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { changeList } from '../../shopping-list-aggregate.ts';

export const archiveShoppingList: NonNullable<MutationResolvers['archiveShoppingList']> = (
  _,
  { id },
  { viewer, commit },
) => {
  const userId = signedIn(viewer);
  return commit(async work => {
    const list = await listToOwn(work, userId, id, 'id');
    const shoppingList = await changeList(work, list, { fields: { status: 'ARCHIVED' }, cause: 'OTHER' });
    return { shoppingList, userErrors: [] };
  });
};
