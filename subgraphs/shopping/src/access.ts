import { id as idSchema } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import type { Work } from './context.ts';
import type { ShoppingItemRecord } from './models/shopping-item.ts';
import { mayEdit, type ShoppingListRecord } from './models/shopping-list.ts';

/** The list, for who owns or shares it. Throws a Fault SHOPPING_LIST_NOT_FOUND. */
export async function listOf(work: Work, userId: string, id: string, path = 'listId'): Promise<ShoppingListRecord> {
  const _id = valid(idSchema, id, [path]);
  const list = await work.lists.findOne({ _id, memberIds: userId }).session(work.session).lean<ShoppingListRecord>();
  if (list === null) throw fault('SHOPPING_LIST_NOT_FOUND', 'There is no such shopping list.', [path]);
  return list;
}

/** The list, to be edited. Throws also a Fault FORBIDDEN for who may only read it, and LIST_ARCHIVED. */
export async function listToEdit(work: Work, userId: string, id: string, path?: string): Promise<ShoppingListRecord> {
  const list = await listOf(work, userId, id, path);
  if (!mayEdit(list, userId)) throw fault('FORBIDDEN', 'This list is shared with you for reading only.');
  return open(list);
}

/** The list, to be disposed of. Throws also a Fault FORBIDDEN for all but its owner, and LIST_ARCHIVED. */
export async function listToOwn(work: Work, userId: string, id: string, path?: string): Promise<ShoppingListRecord> {
  const list = await listOf(work, userId, id, path);
  if (list.ownerId !== userId) throw fault('FORBIDDEN', 'Only the owner of this list may do that.');
  return open(list);
}

/** The item and its list, to be edited. Throws a Fault SHOPPING_ITEM_NOT_FOUND, FORBIDDEN or LIST_ARCHIVED. */
export async function itemToEdit(
  work: Work,
  userId: string,
  id: string,
): Promise<{ list: ShoppingListRecord; item: ShoppingItemRecord }> {
  const _id = valid(idSchema, id, ['id']);
  const item = await work.items.findOne({ _id, listed: true }).session(work.session).lean<ShoppingItemRecord>();
  const isMember = item && (await work.lists.exists({ _id: item.listId, memberIds: userId }).session(work.session));
  if (!isMember) throw fault('SHOPPING_ITEM_NOT_FOUND', 'There is no such item on your lists.', ['id']);
  return { list: await listToEdit(work, userId, item.listId), item };
}

/** Throws a Fault CONFLICT when the item is not at the version that the client read. */
export function atVersion(item: ShoppingItemRecord, expected: number): void {
  if (item.version === expected) return;
  const message = `This item is no longer at version ${expected}. Read it again and repeat your edit.`;
  throw fault('CONFLICT', message, ['expectedVersion']);
}

function open(list: ShoppingListRecord): ShoppingListRecord {
  if (list.status === 'ARCHIVED') throw fault('LIST_ARCHIVED', 'This list is archived and stays as it is.');
  return list;
}
