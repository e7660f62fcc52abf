import { mealType, type MealType } from '@mealprep360/contracts/vocabulary';
import { fault } from '@mealprep360/service/fault';
import { daysOf } from './dates.ts';

/** One dish of a meal, a note in its place, or what is left of an earlier dish. */
export interface PlannedMeal {
  _id: string;
  /** YYYY-MM-DD */
  date: string;
  mealType: MealType;
  recipeId: string | null;
  /** the version of the recipe that the planner saw */
  recipeVersion: number | null;
  note: string | null;
  servings: number;
  /** the item that this is left of */
  leftoverOfId: string | null;
  cookedAt: Date | null;
  /** its place within its meal, from 0 */
  position: number;
}

export interface SkippedDay {
  date: string;
  reason: string | null;
}

/** What can change in a plan that is ACTIVE. */
export interface Plan {
  startDate: string;
  endDate: string;
  items: readonly PlannedMeal[];
  skippedDays: readonly SkippedDay[];
}

export const MAX_ITEMS = 500;
export const MAX_DAYS = 62;

// Every change answers the plan as it then is: the same object when there is nothing to change.

/** Puts a meal last in its slot. Throws a Fault DATE_OUTSIDE_PLAN, TOO_MANY_ITEMS or INVALID_LEFTOVER. */
export function addMeal(plan: Plan, meal: Omit<PlannedMeal, 'position'>): Plan {
  within(plan, meal.date, ['input', 'date']);
  if (plan.items.length >= MAX_ITEMS) {
    throw fault('TOO_MANY_ITEMS', `A plan has at most ${MAX_ITEMS} items.`, ['input']);
  }
  return { ...plan, items: placed(leftoversAfterTheirDish([...plan.items, meal])) };
}

/** Meals by day, meal and place; within one meal in the order in which they are given, numbered from 0. */
export function placed(meals: readonly Omit<PlannedMeal, 'position'>[]): PlannedMeal[] {
  const slots = Map.groupBy(meals, meal => `${meal.date} ${meal.mealType}`);
  return [...slots.values()]
    .flatMap(slot => slot.map((meal, position) => ({ ...meal, position })))
    .toSorted(byDayAndMeal);
}

export type MealPatch = Partial<
  Pick<PlannedMeal, 'date' | 'mealType' | 'recipeId' | 'recipeVersion' | 'note' | 'servings' | 'position'>
>;

/** Changes what is given of one item. Throws a Fault DATE_OUTSIDE_PLAN, EMPTY_ITEM or INVALID_LEFTOVER. */
export function changeMeal(plan: Plan, id: string, { position, ...patch }: MealPatch): Plan {
  const before = plan.items.find(item => item._id === id);
  if (before === undefined) return plan;
  // a dish of its own is no longer what is left of another
  const after = { ...before, ...patch, ...(patch.recipeId && { leftoverOfId: null }) };
  within(plan, after.date, ['input', 'date']);
  if (after.recipeId === null && after.note === null && after.leftoverOfId === null) {
    throw fault('EMPTY_ITEM', 'An item needs a recipe or a note.', ['input', 'recipeId']);
  }
  const others = plan.items.filter(item => item._id !== id);
  const slot = slotOf(others, after);
  const stays = before.date === after.date && before.mealType === after.mealType;
  const place = Math.min(position ?? (stays ? slotOf(plan.items, before).indexOf(before) : slot.length), slot.length);
  const items = [...others.filter(item => !slot.includes(item)), ...slot.toSpliced(place, 0, after)];
  return withItems(plan, placed(leftoversAfterTheirDish(items)));
}

/** Takes an item out, and what is left of it. */
export const removeMeal = (plan: Plan, id: string): Plan =>
  withItems(plan, placed(plan.items.filter(item => item._id !== id && item.leftoverOfId !== id)));

export interface Cooked {
  at: Date;
  /** null when nothing is said of leftovers */
  leftoverServings: number | null;
  /** the id of the item that leftovers become */
  leftoverId: string;
}

/** Marks an item as cooked, and plans what is left of it. Throws a Fault NO_DAY_FOR_LEFTOVERS or INVALID_LEFTOVER. */
export function cookMeal(plan: Plan, id: string, { at, leftoverServings, leftoverId }: Cooked): Plan {
  const dish = plan.items.find(item => item._id === id);
  if (dish === undefined) return plan;
  const cooked = dish.cookedAt === null ? replaced(plan, { ...dish, cookedAt: at }) : plan;
  if (leftoverServings === null) return cooked;
  const planned = plan.items.find(item => item.leftoverOfId === id);
  if (planned !== undefined) {
    return planned.servings === leftoverServings
      ? cooked
      : replaced(cooked, { ...planned, servings: leftoverServings });
  }
  return addMeal(cooked, {
    _id: leftoverId,
    date: nextCookingDay(plan, dish.date),
    mealType: dish.mealType,
    recipeId: null,
    recipeVersion: null,
    note: null,
    servings: leftoverServings,
    leftoverOfId: id,
    cookedAt: null,
  });
}

/** Throws a Fault DATE_OUTSIDE_PLAN. */
export function skipDay(plan: Plan, date: string, reason: string | null): Plan {
  within(plan, date, ['date']);
  const skipped = plan.skippedDays.find(day => day.date === date);
  if (skipped !== undefined && (reason === null || skipped.reason === reason)) return plan;
  const others = plan.skippedDays.filter(day => day.date !== date);
  return { ...plan, skippedDays: [...others, { date, reason }].toSorted((a, b) => (a.date < b.date ? -1 : 1)) };
}

/** Throws a Fault DATE_OUTSIDE_PLAN. */
export function unskipDay(plan: Plan, date: string): Plan {
  within(plan, date, ['date']);
  const skippedDays = plan.skippedDays.filter(day => day.date !== date);
  return skippedDays.length === plan.skippedDays.length ? plan : { ...plan, skippedDays };
}

export interface PlanDay<Item> {
  date: string;
  skipped: boolean;
  items: Item[];
}

/** Every day of a plan with its items, in the order that they are given in. */
export function planDays<Item extends { date: string }>(
  { startDate, endDate }: Pick<Plan, 'startDate' | 'endDate'>,
  items: readonly Item[],
  skippedDays: readonly SkippedDay[],
): PlanDay<Item>[] {
  const itemsOf = Map.groupBy(items, item => item.date);
  const skipped = new Set(skippedDays.map(day => day.date));
  return daysOf(startDate, endDate).map(date => ({
    date,
    skipped: skipped.has(date),
    items: itemsOf.get(date) ?? [],
  }));
}

/** By day, then meal in the order of the day, then position. */
export const byDayAndMeal = (a: PlannedMeal, b: PlannedMeal): number =>
  compare(a.date, b.date) ||
  mealType.options.indexOf(a.mealType) - mealType.options.indexOf(b.mealType) ||
  a.position - b.position ||
  compare(a._id, b._id);

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

const withItems = (plan: Plan, items: readonly PlannedMeal[]): Plan =>
  items.length === plan.items.length && items.every((item, index) => isSame(item, plan.items[index]))
    ? plan
    : { ...plan, items };

const isSame = (item: PlannedMeal, other: PlannedMeal | undefined): boolean => {
  const before = new Map(Object.entries(other ?? {}));
  return Object.entries(item).every(([field, value]) => before.get(field) === value);
};

const replaced = (plan: Plan, item: PlannedMeal): Plan => ({
  ...plan,
  items: plan.items.map(other => (other._id === item._id ? item : other)),
});

/** The items of one meal, in their order. */
const slotOf = (items: readonly PlannedMeal[], { date, mealType: meal }: Pick<PlannedMeal, 'date' | 'mealType'>) =>
  items.filter(item => item.date === date && item.mealType === meal).toSorted(byDayAndMeal);

function within({ startDate, endDate }: Plan, date: string, path: string[]): void {
  if (date < startDate || date > endDate) {
    throw fault(
      'DATE_OUTSIDE_PLAN',
      `${date} is not a day of this plan: it goes from ${startDate} to ${endDate}.`,
      path,
    );
  }
}

function nextCookingDay(plan: Plan, date: string): string {
  const skipped = new Set(plan.skippedDays.map(day => day.date));
  const next = daysOf(date, plan.endDate).find(day => day > date && !skipped.has(day));
  if (next !== undefined) return next;
  throw fault('NO_DAY_FOR_LEFTOVERS', `No day after ${date} is left in this plan to eat what is left.`, [
    'leftoverServings',
  ]);
}

/** Whether an item can be what is left of a dish; throws a Fault INVALID_LEFTOVER when not. */
export function leftOf(dish: Pick<PlannedMeal, 'date' | 'leftoverOfId'>, date: string, path = ['input']): void {
  if (dish.leftoverOfId !== null) {
    throw fault('INVALID_LEFTOVER', 'Leftovers are left of a dish, not of other leftovers.', path);
  }
  if (date < dish.date) {
    throw fault('INVALID_LEFTOVER', `Leftovers cannot be eaten on ${date}, before their dish on ${dish.date}.`, path);
  }
}

function leftoversAfterTheirDish<Meal extends Omit<PlannedMeal, 'position'>>(items: Meal[]): Meal[] {
  const dishes = new Map(items.map(item => [item._id, item]));
  for (const item of items) {
    const dish = item.leftoverOfId === null ? undefined : dishes.get(item.leftoverOfId);
    if (dish !== undefined) leftOf(dish, item.date);
  }
  return items;
}
