import {
  ShoppingListDeleted,
  ShoppingListGenerated,
  ShoppingListUpdated,
  type ShoppingListState,
} from '@mealprep360/contracts/shopping';
import { newId } from '@mealprep360/mongo/id';
import type { Work } from './context.ts';
import type { ShoppingItemRecord } from './models/shopping-item.ts';
import { shoppingListStateOf, type ShoppingListRecord } from './models/shopping-list.ts';

// The list and its items change together, under one version, and each change is said once.

type Cause = ShoppingListState['cause'];
type Said = typeof ShoppingListGenerated | typeof ShoppingListUpdated;

export interface ListChange {
  fields?: Partial<Omit<ShoppingListRecord, '_id' | 'ownerId' | 'version'>>;
  /** items as they are from now on; new ones are added */
  put?: readonly Omit<ShoppingItemRecord, 'version'>[];
  /** ids of items that go */
  gone?: readonly string[];
  cause: Cause;
}

/** A new list, before anything is written. */
export const blankList = (
  work: Work,
  { ownerId, name, mealPlanIds = [] }: { ownerId: string; name: string; mealPlanIds?: string[] },
): ShoppingListRecord => ({
  _id: newId(),
  ...{ ownerId, name, mealPlanIds },
  collaborators: [],
  memberIds: [ownerId],
  recipeIds: [],
  storeId: null,
  status: 'ACTIVE',
  version: 0,
  ...{ createdAt: work.now, updatedAt: work.now, comparedAt: work.now },
});

/** The list begins with these items. A list that plans fill is said to be generated. */
export async function beginList(
  work: Work,
  blank: ShoppingListRecord,
  change: ListChange,
): Promise<ShoppingListRecord> {
  const list = { ...blank, ...change.fields, version: 1 };
  await work.lists.insertMany([list], { session: work.session });
  await putItems(work, list, change);
  await say(work, list, list.mealPlanIds.length > 0 ? ShoppingListGenerated : ShoppingListUpdated, change.cause);
  return list;
}

/** The next version of the list. Call it only when something does change. */
export async function changeList(
  work: Work,
  before: ShoppingListRecord,
  change: ListChange,
): Promise<ShoppingListRecord> {
  const list = { ...before, ...change.fields, version: before.version + 1, updatedAt: work.now };
  const { _id, ...fields } = list;
  await work.lists.updateOne({ _id }, { $set: fields }, { session: work.session });
  await putItems(work, list, change);
  await say(work, list, ShoppingListUpdated, change.cause);
  return list;
}

/** One item is as given from now on. */
export async function changeItem(
  work: Work,
  list: ShoppingListRecord,
  item: Omit<ShoppingItemRecord, 'version'>,
  cause: Cause,
): Promise<ShoppingItemRecord> {
  const { version } = await changeList(work, list, { put: [item], cause });
  return { ...item, version };
}

export async function deleteList(work: Work, list: ShoppingListRecord): Promise<void> {
  const { _id, ownerId, version } = list;
  await work.items.deleteMany({ listId: _id }, { session: work.session });
  await work.lists.deleteOne({ _id }, { session: work.session });
  work.entomb('ShoppingList', _id);
  work.emit(ShoppingListDeleted.of(_id, version + 1, { id: _id, ownerId }));
}

/** How many items stand on the list. */
export const countItems = (work: Work, listId: string): Promise<number> =>
  work.items.countDocuments({ listId, listed: true }, { session: work.session });

// However many items change, it costs two commands.
async function putItems(work: Work, list: ShoppingListRecord, { put = [], gone = [] }: ListChange): Promise<void> {
  const { session } = work;
  const leaving = [...gone, ...put.map(item => item._id)];
  if (leaving.length > 0) await work.items.deleteMany({ _id: { $in: leaving } }, { session });
  const items = put.map(item => ({ ...item, version: list.version }));
  if (items.length > 0) await work.items.insertMany(items, { session });
}

async function say(work: Work, list: ShoppingListRecord, said: Said, cause: Cause): Promise<void> {
  const state = shoppingListStateOf(list, await countItems(work, list._id), cause);
  work.emit(said.of(list._id, list.version, state));
}
