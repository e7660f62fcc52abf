import { collection } from '@mealprep360/mongo/collection';
import type { SkippedDay } from '../domain/plan.ts';

export interface SkippedDayRecord extends SkippedDay {
  /** `<plan id>:<date>` */
  _id: string;
  mealPlanId: string;
}

export const skippedDayId = (mealPlanId: string, date: string): string => `${mealPlanId}:${date}`;

export const skippedDayCollection = collection<SkippedDayRecord>(
  'skipped_days',
  {
    mealPlanId: { type: String, required: true },
    date: { type: String, required: true },
    reason: { type: String, default: null },
  },
  [[{ mealPlanId: 1, date: 1 }, { unique: true }]],
);
