import { unitSpelled } from '@mealprep360/quantity/units';
import { z } from 'zod';

const line = (what: string, max: number) =>
  z
    .string()
    .max(max, `${what} has at most ${max} characters.`)
    .transform(text => text.replace(/[\s\p{Cc}]+/gu, ' ').trim());

const named = (what: string, max: number) => line(what, max).refine(text => text !== '', `${what} cannot be empty.`);

const unit = line('A unit', 50).transform((text, context) => {
  if (text === '') return '';
  const known = unitSpelled(text);
  if (known !== undefined) return known.name;
  const message = `"${text}" is not a unit that is known here, such as g, ml, cup or can.`;
  context.addIssue({ code: 'custom', message, params: { code: 'UNKNOWN_UNIT' } });
  return z.NEVER;
});

const orNull = (text: string | null | undefined): string | null => (text === '' ? null : (text ?? null));

export const listName = named('A name', 100);
export const itemText = named('An item', 300);
export const food = named('A food', 200);
export const clientMutationId = z
  .string()
  .min(1, 'A clientMutationId cannot be empty.')
  .max(100, 'A clientMutationId has at most 100 characters.');

/** What is left out is undefined and stays; null takes an edit back. */
export const itemPatch = z
  .object({
    food: food.nullish(),
    quantity: z.number().positive('A quantity is above 0.').max(1e6, 'A quantity is at most 1000000.').nullish(),
    unit: unit.nullish(),
    aisle: named('An aisle', 60).nullish(),
    note: line('A note', 500)
      .nullish()
      .transform(text => (text === undefined ? undefined : orNull(text))),
  })
  .refine(patch => patch.unit == null || patch.quantity != null, {
    path: ['unit'],
    message: 'A unit needs its quantity: give both.',
  });
export type ItemPatch = z.output<typeof itemPatch>;

export const mapping = z.object({
  food,
  aisle: named('An aisle', 60),
  purchaseUnit: unit.nullish().transform(orNull),
});

export const storeInput = z.object({
  name: named('A name', 100),
  address: line('An address', 300).nullish().transform(orNull),
  aisleOrder: z.array(named('An aisle', 60)).max(100, 'A store has at most 100 aisles.'),
});

export const searchText = line('A search', 100).nullish();
