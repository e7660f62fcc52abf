import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysOf } from './dates.ts';
import {
  addMeal,
  byDayAndMeal,
  changeMeal,
  cookMeal,
  planDays,
  removeMeal,
  skipDay,
  unskipDay,
  type Plan,
  type PlannedMeal,
} from './plan.ts';

const week: Plan = { startDate: '2026-11-23', endDate: '2026-11-29', items: [], skippedDays: [] };
const meal = (id: string, change: Partial<PlannedMeal> = {}): Omit<PlannedMeal, 'position'> => ({
  _id: id,
  date: '2026-11-23',
  mealType: 'DINNER',
  recipeId: null,
  recipeVersion: null,
  note: id,
  servings: 2,
  leftoverOfId: null,
  cookedAt: null,
  ...change,
});
const planOf = (...meals: Omit<PlannedMeal, 'position'>[]): Plan => meals.reduce(addMeal, week);
const names = (plan: Plan) => plan.items.map(item => item._id);
const faultOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
  return 'none';
};

const day = fc.constantFrom(...daysOf(week.startDate, week.endDate));
const meals = fc.constantFrom('BREAKFAST' as const, 'LUNCH' as const, 'DINNER' as const, 'SNACK' as const);
const change = fc.record({ kind: fc.nat(2), which: fc.nat(20), date: day, mealType: meals, position: fc.nat(5) });

describe('a plan', () => {
  it('stays in order, numbered from 0 in each meal, whatever is done to it', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), changes => {
        const plan = changes.reduce<Plan>((before, { kind, which, date, mealType, position }, index) => {
          const id = before.items[which % Math.max(before.items.length, 1)]?._id ?? '';
          if (kind === 0) return addMeal(before, meal(`m${index}`, { date, mealType }));
          return kind === 1 ? changeMeal(before, id, { date, mealType, position }) : removeMeal(before, id);
        }, week);
        expect(plan.items.toSorted(byDayAndMeal)).toEqual(plan.items);
        for (const slot of Map.groupBy(plan.items, item => item.date + item.mealType).values()) {
          expect(slot.map(item => item.position)).toEqual([...slot.keys()]);
        }
      }),
    );
  });

  it('moves an item within its meal, and to the end of another', () => {
    const plan = planOf(meal('a'), meal('b'), meal('c'), meal('lunch', { mealType: 'LUNCH' }));
    expect(names(changeMeal(plan, 'c', { position: 0 }))).toEqual(['lunch', 'c', 'a', 'b']);
    expect(names(changeMeal(plan, 'a', { position: 99 }))).toEqual(['lunch', 'b', 'c', 'a']);
    expect(names(changeMeal(plan, 'a', { mealType: 'LUNCH' }))).toEqual(['lunch', 'a', 'b', 'c']);
    expect(names(changeMeal(plan, 'b', { servings: 7 }))).toEqual(['lunch', 'a', 'b', 'c']);
  });

  it('holds nothing outside its days, and no item of nothing', () => {
    expect(faultOf(() => addMeal(week, meal('a', { date: '2026-11-30' })))).toBe('DATE_OUTSIDE_PLAN');
    expect(faultOf(() => changeMeal(planOf(meal('a')), 'a', { date: '2026-11-22' }))).toBe('DATE_OUTSIDE_PLAN');
    expect(faultOf(() => changeMeal(planOf(meal('a')), 'a', { note: null }))).toBe('EMPTY_ITEM');
    expect(faultOf(() => skipDay(week, '2026-12-01', null))).toBe('DATE_OUTSIDE_PLAN');
  });

  it('has every day, with what is on it and whether it is skipped', () => {
    const plan = skipDay(planOf(meal('a', { date: '2026-11-25' })), '2026-11-25', 'away');
    const days = planDays(plan, plan.items, plan.skippedDays);
    expect(days).toHaveLength(7);
    expect(days.filter(({ skipped }) => skipped).map(({ date, items }) => [date, items.length])).toEqual([
      ['2026-11-25', 1],
    ]);
  });
});

describe('a skipped day', () => {
  it('is skipped once, keeps its reason, and is gone when unskipped', () => {
    fc.assert(
      fc.property(fc.array(day), days => {
        const skipped = days.reduce((plan, date) => skipDay(plan, date, null), week);
        expect(skipped.skippedDays.map(({ date }) => date)).toEqual([...new Set(days)].toSorted());
        expect(days.reduce(unskipDay, skipped).skippedDays).toEqual([]);
      }),
    );
    const away = skipDay(week, '2026-11-25', 'away');
    expect(skipDay(away, '2026-11-25', null)).toBe(away);
    expect(skipDay(away, '2026-11-25', 'ill').skippedDays).toEqual([{ date: '2026-11-25', reason: 'ill' }]);
    expect(unskipDay(away, '2026-11-26')).toBe(away);
  });
});

describe('leftovers', () => {
  const at = new Date('2026-11-23T18:00:00Z');
  const cook = (plan: Plan, leftoverServings: number | null) =>
    cookMeal(plan, 'a', { at, leftoverServings, leftoverId: 'left' });

  it('are planned for the next day that is not skipped, once', () => {
    const cooked = cook(skipDay(planOf(meal('a')), '2026-11-24', null), 2);
    expect(cooked.items).toMatchObject([
      { _id: 'a', cookedAt: at },
      { _id: 'left', date: '2026-11-25', mealType: 'DINNER', servings: 2, leftoverOfId: 'a' },
    ]);
    expect(cook(cooked, 1).items).toMatchObject([{ cookedAt: at }, { _id: 'left', servings: 1 }]);
    expect(cook(cooked, null)).toBe(cooked);
    expect(names(removeMeal(cooked, 'a'))).toEqual([]);
  });

  it('need a day, and never come before their dish or from other leftovers', () => {
    expect(faultOf(() => cook(planOf(meal('a', { date: '2026-11-29' })), 2))).toBe('NO_DAY_FOR_LEFTOVERS');
    const cooked = cook(planOf(meal('a')), 2);
    expect(faultOf(() => changeMeal(cooked, 'a', { date: '2026-11-28' }))).toBe('INVALID_LEFTOVER');
    expect(faultOf(() => addMeal(cooked, meal('b', { date: '2026-11-28', leftoverOfId: 'left' })))).toBe(
      'INVALID_LEFTOVER',
    );
    expect(changeMeal(cooked, 'left', { recipeId: 'r', recipeVersion: 1 }).items[1]).toMatchObject({
      leftoverOfId: null,
    });
  });
});
