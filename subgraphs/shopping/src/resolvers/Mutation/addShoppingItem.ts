import { newId } from '@mealprep360/mongo/id';
import { mergeLines } from '@mealprep360/quantity/merge-lines';
import { parseLine } from '@mealprep360/quantity/parse-line';
import { fault, valid } from '@mealprep360/service/fault';
import { signedIn } from '@mealprep360/service/viewer';
import { listToEdit } from '../../access.ts';
import { aisleFinder } from '../../aisles.ts';
import { itemText } from '../../domain/input.ts';
import { manualItem } from '../../domain/item.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { MAX_ITEMS } from '../../loaders.ts';
import { changeItem, countItems } from '../../shopping-list-aggregate.ts';

export const addShoppingItem: NonNullable<MutationResolvers['addShoppingItem']> = (_, args, { viewer, commit }) => {
  const userId = signedIn(viewer);
  const { note, ...line } = readItem(valid(itemText, args.text, ['text']));
  return commit(async work => {
    const list = await listToEdit(work, userId, args.listId);
    if ((await countItems(work, list._id)) >= MAX_ITEMS) {
      throw fault('LIST_FULL', `A list holds at most ${MAX_ITEMS} items.`, ['listId']);
    }
    const aisleOf = await aisleFinder(work, list.ownerId, [line]);
    const authors = [{ of: 'food' as const, userId }, ...(note === null ? [] : [{ of: 'note' as const, userId }])];
    const written = { ...manualItem({ ...line, aisle: aisleOf(line) }, authors), note, _id: newId(), listId: list._id };
    return { item: await changeItem(work, list, written, 'EDITED'), userErrors: [] };
  });
};

function readItem(text: string) {
  const line = parseLine(text);
  const [read] = mergeLines([{ line, factor: 1, ref: null }]);
  if (read === undefined || line.food === '')
    throw fault('INVALID_INPUT', 'Say what to buy, such as 2 kg flour.', ['text']);
  const saysMore = line.preparation !== null || line.packageSize !== null || line.alternative !== null;
  const { key, amounts, asNeeded } = read;
  return { key, food: line.food, amounts, asNeeded, note: saysMore ? text : null };
}
