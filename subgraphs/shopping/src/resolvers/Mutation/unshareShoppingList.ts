import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { listOf } from '../../access.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { shareWith } from '../../share.ts';

export const unshareShoppingList: NonNullable<MutationResolvers['unshareShoppingList']> = (
  _,
  args,
  { viewer, commit },
) => {
  const asking = signedIn(viewer);
  const userId = valid(idSchema, args.userId, ['userId']);
  return commit(async work => {
    const list = await listOf(work, asking, args.listId);
    if (list.ownerId !== asking && userId !== asking) {
      throw fault('FORBIDDEN', 'Only the owner of this list may do that; you may leave it yourself.');
    }
    const others = list.collaborators.filter(other => other.userId !== userId);
    const isSame = others.length === list.collaborators.length;
    const after = isSame ? list : await shareWith(work, list, others);
    // who leaves does not see the list any more
    return { shoppingList: after.memberIds.includes(asking) ? after : null, userErrors: [] };
  });
};
