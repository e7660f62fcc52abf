import { newId } from '@mealprep360/mongo/id';
import { foodKey } from '@mealprep360/quantity/food-key';
import { fault, valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import type { Work } from '../../context.ts';
import { mapping as mappingInput } from '../../domain/input.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import type { ShoppingItemRecord } from '../../models/shopping-item.ts';
import type { ShoppingListRecord } from '../../models/shopping-list.ts';
import { changeList } from '../../shopping-list-aggregate.ts';

export const mapIngredient: NonNullable<MutationResolvers['mapIngredient']> = (_, args, { viewer, commit }) => {
  const userId = signedIn(viewer);
  const { food, aisle, purchaseUnit } = valid(mappingInput, args);
  const key = foodKey(food);
  if (key === '') throw fault('INVALID_INPUT', 'Name a food, such as flour.', ['food']);
  return commit(async work => {
    const before = await work.mappings.findOne({ userId, key }).session(work.session).lean();
    const _id = before?._id ?? newId();
    await work.mappings.updateOne(
      { _id },
      { $set: { userId, key, aisle, purchaseUnit } },
      { session: work.session, upsert: true },
    );
    await moveItems(work, userId, key, aisle);
    return { mapping: { food, canonicalFood: key, aisle, purchaseUnit }, userErrors: [] };
  });
};

/** The food is found in its new aisle on the lists that are in use, too. */
async function moveItems(work: Work, ownerId: string, key: string, aisle: string): Promise<void> {
  const { session } = work;
  const active = { ownerId, memberIds: ownerId, status: 'ACTIVE' as const };
  const lists = await work.lists.find(active).session(session).lean<ShoppingListRecord[]>();
  const wanted = { listId: { $in: lists.map(list => list._id) }, key, aisle: { $ne: aisle } };
  const found = await work.items.find(wanted).session(session).lean<ShoppingItemRecord[]>();
  for (const list of lists) {
    const put = found.filter(item => item.listId === list._id).map(item => ({ ...item, aisle }));
    if (put.length > 0) await changeList(work, list, { put, cause: 'OTHER' });
  }
}
