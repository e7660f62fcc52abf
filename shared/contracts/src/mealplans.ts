import { z } from 'zod';
import { defineEvent } from './define.ts';
import { id, localDate, mealType } from './vocabulary.ts';

export const mealPlanItemState = z.object({
  id,
  date: localDate,
  mealType,
  recipeId: id.nullable(),
  /** the version of the recipe that the planner saw: a participant waits until it has this one or a later one */
  recipeVersion: z.int().positive().nullable(),
  note: z.string().nullable(),
  servings: z.number().positive(),
  leftoverOfId: id.nullable(),
  position: z.int().min(0),
});
export type MealPlanItemState = z.infer<typeof mealPlanItemState>;

export const mealPlanState = z.object({
  id,
  ownerId: id,
  name: z.string().nullable(),
  startDate: localDate,
  endDate: localDate,
  items: z.array(mealPlanItemState),
  skippedDays: z.array(localDate),
  status: z.enum(['ACTIVE', 'ARCHIVED']),
  /** whether a shopping list follows this plan */
  shoppingList: z.boolean(),
});
export type MealPlanState = z.infer<typeof mealPlanState>;

export const MealPlanCreated = defineEvent('MealPlanCreated', 'MealPlan', mealPlanState);
export const MealPlanUpdated = defineEvent('MealPlanUpdated', 'MealPlan', mealPlanState);

/** Events that say more of a change than that there was one; they stand in place of MealPlanUpdated. */
const mealPlanDay = mealPlanState.extend({ day: localDate });
export const DaySkipped = defineEvent('DaySkipped', 'MealPlan', mealPlanDay);
export const DayUnskipped = defineEvent('DayUnskipped', 'MealPlan', mealPlanDay);

export const MealPlanDeleted = defineEvent('MealPlanDeleted', 'MealPlan', z.object({ id, ownerId: id }));
