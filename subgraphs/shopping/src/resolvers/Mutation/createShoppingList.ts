import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { listName } from '../../domain/input.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { beginList, blankList } from '../../shopping-list-aggregate.ts';

export const createShoppingList: NonNullable<MutationResolvers['createShoppingList']> = (
  _,
  args,
  { viewer, commit },
) => {
  const ownerId = signedIn(viewer);
  const name = valid(listName, args.name, ['name']);
  return commit(async work => {
    const shoppingList = await beginList(work, blankList(work, { ownerId, name }), { cause: 'OTHER' });
    return { shoppingList, userErrors: [] };
  });
};
