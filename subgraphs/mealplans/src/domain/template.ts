import type { MealType } from '@mealprep360/contracts/vocabulary';
import { fault } from '@mealprep360/service/fault';
import { dayCount, plusDays } from './dates.ts';
import type { PlanInput } from './plan-input.ts';
import type { Plan } from './plan.ts';

export interface TemplateItem {
  /** 0 is the first day */
  dayOffset: number;
  mealType: MealType;
  recipeId: string | null;
  note: string | null;
  servings: number;
}

/** A plan without dates. */
export interface Template {
  dayCount: number;
  items: TemplateItem[];
}

/** What is planned, by day of the plan. Leftovers and skips belong to one week's life and are left out. */
export const templateOf = (plan: Plan): Template => ({
  dayCount: dayCount(plan.startDate, plan.endDate),
  items: plan.items
    .filter(item => item.leftoverOfId === null)
    .map(({ date, mealType, recipeId, note, servings }) => ({
      dayOffset: dayCount(plan.startDate, date) - 1,
      mealType,
      recipeId,
      note,
      servings,
    })),
});

/** The plan to ask for when a template starts on a day. Throws a Fault INVALID_INPUT beyond the year 9999. */
export function planFrom(template: Template & { name: string }, startDate: string): PlanInput {
  if (dayCount(startDate, '9999-12-31') < template.dayCount) {
    throw fault('INVALID_INPUT', 'A plan cannot go beyond the year 9999.', ['startDate']);
  }
  return {
    name: template.name,
    startDate,
    endDate: plusDays(startDate, template.dayCount - 1),
    items: template.items.map(({ dayOffset, ...item }) => ({
      ...item,
      date: plusDays(startDate, dayOffset),
      leftoverOfId: null,
    })),
    generateShoppingList: true,
  };
}
