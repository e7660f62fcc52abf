import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { listToOwn } from '../../access.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { shareWith } from '../../share.ts';

const MAX_COLLABORATORS = 50;

export const shareShoppingList: NonNullable<MutationResolvers['shareShoppingList']> = (
  _,
  { listId, userId, role },
  { viewer, commit },
) => {
  const ownerId = signedIn(viewer);
  const invited = valid(idSchema, userId, ['userId']);
  if (role === 'OWNER') throw fault('INVALID_ROLE', 'A list has one owner; share it as EDITOR or VIEWER.', ['role']);
  if (invited === ownerId) throw fault('INVALID_INPUT', 'The list is yours already.', ['userId']);
  return commit(async work => {
    const list = await listToOwn(work, ownerId, listId);
    if ((await work.userCopies.get(invited))?.state == null) {
      throw fault('USER_NOT_FOUND', 'There is no such user, or they signed up a moment ago.', ['userId']);
    }
    const present = list.collaborators.find(other => other.userId === invited);
    if (present?.role === role) return { shoppingList: list, userErrors: [] };
    const others = list.collaborators.filter(other => other.userId !== invited);
    if (others.length >= MAX_COLLABORATORS) {
      throw fault('TOO_MANY_COLLABORATORS', `A list is shared with at most ${MAX_COLLABORATORS} people.`, ['userId']);
    }
    const shoppingList = await shareWith(work, list, [...others, { userId: invited, role }]);
    return { shoppingList, userErrors: [] };
  });
};
