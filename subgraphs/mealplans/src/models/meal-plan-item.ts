import { mealType } from '@mealprep360/contracts/vocabulary';
import { collection } from '@mealprep360/mongo/collection';
import type { PlannedMeal } from '../domain/plan.ts';

/** An item as stored: it knows its plan, and its owner, so that it is guarded on every path. */
export interface MealPlanItemRecord extends PlannedMeal {
  mealPlanId: string;
  ownerId: string;
}

const required = { type: String, required: true };
const text = { type: String, default: null };

export const mealPlanItemCollection = collection<MealPlanItemRecord>(
  'meal_plan_items',
  {
    mealPlanId: required,
    ownerId: required,
    date: required,
    mealType: { type: String, required: true, enum: mealType.options },
    recipeId: text,
    recipeVersion: { type: Number, default: null },
    note: text,
    servings: { type: Number, required: true },
    leftoverOfId: text,
    cookedAt: { type: Date, default: null },
    position: { type: Number, required: true, min: 0 },
  },
  [[{ mealPlanId: 1, date: 1, position: 1 }]],
);
