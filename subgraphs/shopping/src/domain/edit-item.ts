import { addMeasures } from '@mealprep360/quantity/sum';
import type { Measure } from '@mealprep360/quantity/measure';
import type { Author, Item } from './item.ts';
import type { ItemPatch } from './input.ts';

/**
 * The item as a person wants it. On an item of a plan the edit lies over what the plan says and outlives its changes;
 * null takes it back. A manual item is its author's own, and simply becomes what they write.
 */
export function editItem<Kind extends Item>(
  item: Kind,
  patch: ItemPatch,
  { editorId, keyOf }: { editorId: string; keyOf: (food: string) => string },
): Kind {
  const amounts = amountsOf(patch);
  const edited = { ...item.edited };
  const next = { ...item, edited, authors: authorsAfter(item, patch, editorId) };
  if (patch.aisle !== undefined) edited.aisle = patch.aisle;
  if (patch.note !== undefined) next.note = patch.note;
  if (item.manual) {
    if (patch.food != null) Object.assign(next, { food: patch.food, key: keyOf(patch.food) });
    if (amounts !== undefined) Object.assign(next, { amounts: amounts ?? [], asNeeded: amounts === null });
    return next;
  }
  if (patch.food !== undefined) edited.food = patch.food;
  if (amounts !== undefined) edited.amounts = amounts;
  return next;
}

function authorsAfter({ authors, manual }: Item, patch: ItemPatch, userId: string): Author[] {
  const fields = (['food', 'aisle', 'note'] as const).filter(
    // a manual item keeps its food where none is given
    field => patch[field] !== undefined && !(manual && field === 'food' && patch.food === null),
  );
  const others = authors.filter(({ of }) => !fields.some(field => field === of));
  return [...others, ...fields.filter(field => patch[field] !== null).map(of => ({ of, userId }))];
}

const amountsOf = ({ quantity, unit }: ItemPatch): Measure[] | null | undefined => {
  if (quantity === undefined || quantity === null) return quantity;
  return addMeasures([{ quantity, quantityMax: null, unit: unit ?? '' }]);
};

/** What stands on the list: what people wrote, else what is needed. */
export const shownFood = (item: Item): string => item.edited.food ?? item.food;
export const shownAisle = (item: Item): string => item.edited.aisle ?? item.aisle;
export const shownAmounts = (item: Item): readonly Measure[] => item.edited.amounts ?? item.amounts;
/** An amount that somebody wrote stands for all that is needed. */
export const shownAsNeeded = (item: Item): boolean => item.edited.amounts === null && item.asNeeded;
