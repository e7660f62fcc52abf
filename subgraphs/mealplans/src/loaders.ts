import { connectionLoader } from '@mealprep360/service/paging';
import type { Viewer } from '@mealprep360/service/tokens';
import { isOperator } from '@mealprep360/service/viewer';
import DataLoader from 'dataloader';
import type { Model } from 'mongoose';
import type { Context } from './context.ts';
import { byDayAndMeal } from './domain/plan.ts';
import { knownUsers } from './known-users.ts';
import { mealsOfDays, type DayOfUser } from './meals-of-days.ts';
import type { MealPlanItemRecord } from './models/meal-plan-item.ts';
import { listedStatuses } from './models/meal-plan.ts';
import type { UserCopy } from './models/user-copy.ts';

export type Loaders = ReturnType<typeof loaders>;

/** One set of loaders for each request: what a list asks for is read in one command for the whole list. */
export function loaders(read: Omit<Context, 'loaders'>) {
  const { models, viewer } = read;
  return {
    plan: ownedBy(viewer, models.plans),
    item: ownedBy(viewer, models.items),
    template: ownedBy(viewer, models.templates),
    /** in the order in which they are eaten */
    itemsOfPlan: ofPlan(models.items, byDayAndMeal),
    skippedDaysOfPlan: ofPlan(models.skippedDays, (a, b) => (a.date < b.date ? -1 : 1)),
    plansOfUser: connectionLoader({
      model: models.plans,
      parent: 'ownerId',
      match: { status: { $in: [...listedStatuses] } },
      sort: [
        ['startDate', -1],
        ['_id', -1],
      ],
    }),
    mealsOfDay: new DataLoader<DayOfUser, MealPlanItemRecord[], string>(days => mealsOfDays(models, days), {
      cacheKeyFn: ({ userId, date }) => `${userId} ${date}`,
    }),
    /** null for one who does not exist; a Fault NOT_READY when that cannot be known now */
    user: new DataLoader<string, UserCopy | null>(async ids => {
      const users = await knownUsers(read, ids);
      return ids.map(id => users.get(id) ?? null);
    }),
  };
}

/** Loads what is the viewer's own, or anybody's for operators; null for all else. */
const ownedBy = <Record extends { _id: string; ownerId: string }>(viewer: Viewer, model: Model<Record>) =>
  new DataLoader<string, Record | null>(async ids => {
    if (viewer.userId === null) return ids.map(() => null);
    const own = isOperator(viewer) ? {} : { ownerId: viewer.userId };
    const found = await model.find({ _id: { $in: [...ids] }, ...own } as object).lean<Record[]>();
    const records = new Map(found.map(record => [record._id, record]));
    return ids.map(id => records.get(id) ?? null);
  });

const ofPlan = <Record extends { mealPlanId: string }>(model: Model<Record>, order: (a: Record, b: Record) => number) =>
  new DataLoader<string, Record[]>(async planIds => {
    const found = await model.find({ mealPlanId: { $in: [...planIds] } } as object).lean<Record[]>();
    const byPlan = Map.groupBy(found.toSorted(order), record => record.mealPlanId);
    return planIds.map(id => byPlan.get(id) ?? []);
  });
