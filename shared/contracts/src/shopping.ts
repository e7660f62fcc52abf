import { z } from 'zod';
import { defineEvent } from './define.ts';
import { id } from './vocabulary.ts';

export const shoppingListState = z.object({
  id,
  name: z.string(),
  ownerId: id,
  collaboratorIds: z.array(id),
  mealPlanIds: z.array(id),
  itemCount: z.int().min(0),
  status: z.enum(['ACTIVE', 'ARCHIVED']),
  /** why it changed: a plan or recipe behind it did, a person edited what is on it, or neither is worth telling */
  cause: z.enum(['PLAN_CHANGED', 'EDITED', 'CHECKED', 'SHARED', 'OTHER']),
});
export type ShoppingListState = z.infer<typeof shoppingListState>;

export const ShoppingListGenerated = defineEvent('ShoppingListGenerated', 'ShoppingList', shoppingListState);
export const ShoppingListUpdated = defineEvent('ShoppingListUpdated', 'ShoppingList', shoppingListState);
export const ShoppingListDeleted = defineEvent('ShoppingListDeleted', 'ShoppingList', z.object({ id, ownerId: id }));
