import { collection, inline } from '@mealprep360/mongo/collection';
import type { Item } from '../domain/item.ts';

/** An item as stored: part of its list, and changed with it only. */
export interface ShoppingItemRecord extends Item {
  _id: string;
  listId: string;
  /** the version of the list that changed it last */
  version: number;
}

const text = { type: String, default: null };
const required = { type: String, required: true };
const amount = { type: Number, default: null, min: 0 };
const measure = inline({
  quantity: { type: Number, required: true, min: 0 },
  quantityMax: amount,
  // empty for a bare count, which `required` would refuse
  unit: { type: String, default: '' },
});

export const shoppingItemCollection = collection<ShoppingItemRecord>(
  'shopping_items',
  {
    listId: required,
    key: required,
    food: required,
    amounts: [measure],
    asNeeded: { type: Boolean, required: true },
    aisle: required,
    sources: [
      inline({
        mealPlanId: required,
        mealPlanItemId: required,
        recipeId: required,
        authorId: text,
        line: required,
        measure: { type: measure, default: null },
      }),
    ],
    manual: { type: Boolean, required: true },
    edited: { type: inline({ food: text, amounts: { type: [measure], default: null }, aisle: text }), required: true },
    note: text,
    checked: { type: Boolean, required: true },
    checkedBy: text,
    removed: { type: Boolean, required: true },
    settled: { type: [measure], default: null },
    authors: [inline({ of: required, userId: required })],
    listed: { type: Boolean, required: true },
    version: { type: Number, required: true, min: 1 },
  },
  [
    // the same food of the plans stands on a list once
    [
      { listId: 1, key: 1 },
      { unique: true, partialFilterExpression: { manual: false } },
    ],
    [{ listId: 1, listed: 1, food: 1, _id: 1 }],
    [{ 'authors.userId': 1 }],
    [{ checkedBy: 1 }, { partialFilterExpression: { checkedBy: { $type: 'string' } } }],
  ],
);
