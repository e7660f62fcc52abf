import { mealType } from '@mealprep360/contracts/vocabulary';
import type { Models } from './context.ts';
import type { MealPlanItemRecord } from './models/meal-plan-item.ts';
import type { MealPlanRecord } from './models/meal-plan.ts';
import type { SkippedDayRecord } from './models/skipped-day.ts';

export interface DayOfUser {
  userId: string;
  date: string;
}

/** `todaysMeals` is a list without pages: it ends after so many. */
export const MAX_MEALS_OF_DAY = 100;

/** What ACTIVE plans hold for these days of these users, by meal and position. Three commands, however many days. */
export async function mealsOfDays(
  { plans, items, skippedDays }: Models,
  days: readonly DayOfUser[],
): Promise<MealPlanItemRecord[][]> {
  const dates = days.map(day => day.date).toSorted();
  const active = await plans
    .find({
      ownerId: { $in: days.map(day => day.userId) },
      status: 'ACTIVE',
      startDate: { $lte: dates.at(-1) ?? '' },
      endDate: { $gte: dates[0] ?? '' },
    })
    .select('_id')
    .lean<Pick<MealPlanRecord, '_id'>[]>();
  const planned = { mealPlanId: { $in: active.map(plan => plan._id) }, date: { $in: dates } };
  const skipped = await skippedDays.find(planned).lean<SkippedDayRecord[]>();
  const found = await items.aggregate<MealPlanItemRecord>([
    { $match: { ...planned, ...noneOf(skipped.map(({ mealPlanId, date }) => ({ mealPlanId, date }))) } },
    { $addFields: { _meal: { $indexOfArray: [mealType.options, '$mealType'] } } },
    {
      $setWindowFields: {
        partitionBy: { ownerId: '$ownerId', date: '$date' },
        sortBy: { _meal: 1, position: 1, _id: 1 },
        output: { _rank: { $sum: 1, window: { documents: ['unbounded', 'current'] } } },
      },
    },
    { $match: { _rank: { $lte: MAX_MEALS_OF_DAY } } },
    { $sort: { _rank: 1 } },
    { $unset: ['_meal', '_rank'] },
  ]);
  return days.map(({ userId, date }) => found.filter(item => item.ownerId === userId && item.date === date));
}

// an empty $nor is refused
const noneOf = <Condition>(conditions: Condition[]) => (conditions.length === 0 ? {} : { $nor: conditions });
