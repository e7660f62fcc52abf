import { foodKey } from '@mealprep360/quantity/food-key';
import { valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { isDeepStrictEqual } from 'node:util';
import { atVersion, itemToEdit } from '../../access.ts';
import { aisleFinder } from '../../aisles.ts';
import { editItem } from '../../domain/edit-item.ts';
import { itemPatch } from '../../domain/input.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { changeItem } from '../../shopping-list-aggregate.ts';

export const updateShoppingItem: NonNullable<MutationResolvers['updateShoppingItem']> = (
  _,
  { id, expectedVersion, input },
  { viewer, commit },
) => {
  const userId = signedIn(viewer);
  const patch = valid(itemPatch, input, ['input']);
  return commit(async work => {
    const { list, item } = await itemToEdit(work, userId, id);
    atVersion(item, expectedVersion);
    const edited = editItem(item, patch, { editorId: userId, keyOf: foodKey });
    if (isDeepStrictEqual({ ...edited, authors: item.authors }, item)) return { item, userErrors: [] };
    const isOther = edited.key !== item.key;
    const aisle = isOther ? (await aisleFinder(work, list.ownerId, [edited]))(edited) : item.aisle;
    return { item: await changeItem(work, list, { ...edited, aisle }, 'EDITED'), userErrors: [] };
  });
};
