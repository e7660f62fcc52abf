import type { MealPlanState } from '@mealprep360/contracts/mealplans';
import { collection, inline } from '@mealprep360/mongo/collection';
import type { Plan } from '../domain/plan.ts';

export const planStatuses = ['PENDING', 'ACTIVE', 'FAILED', 'ARCHIVED'] as const;
export type PlanStatus = (typeof planStatuses)[number];

/** A plan as stored; its items and skipped days stand in collections of their own. */
export interface MealPlanRecord {
  _id: string;
  ownerId: string;
  name: string | null;
  startDate: string;
  endDate: string;
  status: PlanStatus;
  /** why it is FAILED */
  failure: { code: string; message: string } | null;
  /** whether a shopping list follows it */
  shoppingList: boolean;
  /** counts what was said of it: 1 is its creation, so that waiting to become ACTIVE counts nothing */
  version: number;
  idempotencyKey: string;
  /** of the request that made it: the same key with another one is refused */
  requestHash: string;
  createdAt: Date;
  updatedAt: Date;
}

const text = { type: String, default: null };
const required = { type: String, required: true };

export const mealPlanCollection = collection<MealPlanRecord>(
  'meal_plans',
  {
    ownerId: required,
    name: { type: String, default: null, maxlength: 100 },
    startDate: required,
    endDate: required,
    status: { type: String, required: true, enum: planStatuses },
    failure: { type: inline({ code: text, message: text }), default: null },
    shoppingList: { type: Boolean, required: true },
    version: { type: Number, required: true, min: 1 },
    idempotencyKey: required,
    requestHash: required,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  [[{ ownerId: 1, idempotencyKey: 1 }, { unique: true }], [{ ownerId: 1, startDate: -1, _id: -1 }]],
);

/** The statuses in which a plan stands in lists and is said to others. */
export const listedStatuses = ['ACTIVE', 'ARCHIVED'] as const;

/** What the other rooms hear of a plan. */
export const mealPlanStateOf = (plan: MealPlanRecord, { items, skippedDays }: Plan): MealPlanState => ({
  id: plan._id,
  ownerId: plan.ownerId,
  name: plan.name,
  startDate: plan.startDate,
  endDate: plan.endDate,
  items: items.map(item => ({
    id: item._id,
    date: item.date,
    mealType: item.mealType,
    recipeId: item.recipeId,
    recipeVersion: item.recipeVersion,
    note: item.note,
    servings: item.servings,
    leftoverOfId: item.leftoverOfId,
    position: item.position,
  })),
  skippedDays: skippedDays.map(day => day.date),
  status: plan.status === 'ARCHIVED' ? 'ARCHIVED' : 'ACTIVE',
  shoppingList: plan.shoppingList,
});
