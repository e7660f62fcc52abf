import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { atVersion, itemToEdit } from '../../access.ts';
import type { Work } from '../../context.ts';
import { clientMutationId as mutationIdInput } from '../../domain/input.ts';
import { check, uncheck } from '../../domain/item.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { appliedMutationCollection } from '../../models/applied-mutation.ts';
import { changeItem } from '../../shopping-list-aggregate.ts';

export const setItemChecked: NonNullable<MutationResolvers['setItemChecked']> = (
  _,
  { id, checked, expectedVersion, clientMutationId },
  { viewer, commit },
) => {
  const userId = signedIn(viewer);
  const mutationId = valid(mutationIdInput.nullish(), clientMutationId, ['clientMutationId']);
  return commit(async work => {
    const { list, item } = await itemToEdit(work, userId, id);
    if (mutationId != null && !(await isFirst(work, { _id: `${id}:${userId}:${mutationId}`, userId })))
      return { item, userErrors: [] };
    if (expectedVersion != null) atVersion(item, expectedVersion);
    if (item.checked === checked) return { item, userErrors: [] };
    const next = checked ? check(item, userId) : uncheck(item);
    return { item: await changeItem(work, list, next, 'CHECKED'), userErrors: [] };
  });
};

/** Whether this was not asked for before; two that ask at once collide on the key, and the later one reads again. */
async function isFirst(work: Work, { _id, userId }: { _id: string; userId: string }): Promise<boolean> {
  const applied = work.db.raw(appliedMutationCollection);
  if ((await applied.findOne({ _id }, { session: work.session })) !== null) return false;
  await applied.insertOne({ _id, userId, at: work.now }, { session: work.session });
  return true;
}
