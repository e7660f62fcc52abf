import { id, localDate, mealType } from '@mealprep360/contracts/vocabulary';
import { z } from 'zod';
import { dayCount } from './dates.ts';
import { MAX_DAYS, MAX_ITEMS } from './plan.ts';

const MAX_SERVINGS = 1000;

/** Trimmed; what is empty counts as not given. */
const text = (what: string, max: number) =>
  z
    .string()
    .trim()
    .max(max, `${what} has at most ${max} characters.`)
    .nullish()
    .transform(written => (written === '' ? null : (written ?? null)));

const servings = z
  .number()
  .positive('Servings are a number above 0.')
  .max(MAX_SERVINGS, `Servings are at most ${MAX_SERVINGS}.`);

/** One item as asked for. `servings` is null where the user's preference is meant. */
export const mealInput = z
  .object({
    date: localDate,
    mealType,
    recipeId: id.nullish().transform(given => given ?? null),
    note: text('A note', 1000),
    servings: servings.nullish().transform(given => given ?? null),
    leftoverOfId: id.nullish().transform(given => given ?? null),
  })
  .refine(item => item.recipeId !== null || item.note !== null || item.leftoverOfId !== null, {
    error: 'An item needs a recipeId, a note or a leftoverOfId.',
    params: { code: 'EMPTY_ITEM' },
  })
  .refine(item => item.recipeId === null || item.leftoverOfId === null, {
    error: 'An item is a recipe or what is left of one, not both.',
    path: ['leftoverOfId'],
  });
export type MealInput = z.output<typeof mealInput>;

/** null clears a recipe or a note; of all else it changes nothing. */
export const mealPatch = z.object({
  date: localDate.nullish(),
  mealType: mealType.nullish(),
  recipeId: id.nullish(),
  note: z
    .string()
    .trim()
    .max(1000, 'A note has at most 1000 characters.')
    .nullish()
    .transform(note => (note === '' ? null : note)),
  servings: servings.nullish(),
  position: z.int().min(0, 'A position is a number from 0.').nullish(),
});

export const planName = text('A name', 100);
export const skipReason = text('A reason', 500);
export const leftoverServings = servings.nullish().transform(given => given ?? null);
export const templateName = z
  .string()
  .trim()
  .min(1, 'A template needs a name.')
  .max(100, 'A name has at most 100 characters.');

/** Of the client's choosing; the same one means the same request. */
export const idempotencyKey = z
  .string()
  .min(1, 'An idempotencyKey is 1 to 200 characters of your choosing.')
  .max(200, 'An idempotencyKey has at most 200 characters.');

/** A plan as asked for, in its normal form: what two requests with the same meaning have in common. */
export const planInput = z
  .object({
    name: planName,
    startDate: localDate,
    endDate: localDate,
    items: z
      .array(mealInput)
      .max(MAX_ITEMS, `A plan has at most ${MAX_ITEMS} items.`)
      .nullish()
      .transform(items => items ?? []),
    generateShoppingList: z
      .boolean()
      .nullish()
      .transform(wanted => wanted ?? true),
  })
  .superRefine((plan, issues) => {
    const days = dayCount(plan.startDate, plan.endDate);
    if (days < 1) {
      issues.addIssue({ code: 'custom', path: ['endDate'], message: 'A plan cannot end before it starts.' });
    } else if (days > MAX_DAYS) {
      issues.addIssue({
        code: 'custom',
        path: ['endDate'],
        message: `A plan has at most ${MAX_DAYS} days, not ${days}.`,
      });
    }
    plan.items.forEach((item, index) => {
      if (item.date >= plan.startDate && item.date <= plan.endDate) return;
      issues.addIssue({
        code: 'custom',
        path: ['items', index, 'date'],
        message: `${item.date} is not a day of this plan.`,
        params: { code: 'DATE_OUTSIDE_PLAN' },
      });
    });
  });
export type PlanInput = z.output<typeof planInput>;
