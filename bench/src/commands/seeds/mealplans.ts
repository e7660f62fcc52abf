import { copies } from '@mealprep360/events/copy';
import { daysOf, plusDays } from '@mealprep360/mealplans/domain/dates';
import { mealPlanItemCollection, type MealPlanItemRecord } from '@mealprep360/mealplans/models/meal-plan-item';
import { mealPlanCollection, type MealPlanRecord } from '@mealprep360/mealplans/models/meal-plan';
import { mealTemplateCollection } from '@mealprep360/mealplans/models/meal-template';
import { skippedDayCollection, skippedDayId } from '@mealprep360/mealplans/models/skipped-day';
import { userCopyCollection } from '@mealprep360/mealplans/models/user-copy';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import type { Seed, Size } from '../measure.ts';
import { hour, noonZone, times } from './times.ts';

const LONGEST_PLAN = 62;

/** Plans of one owner, one of them of today, and a plan of today for each of the others; the owner looks. */
export const seedMealPlans: Seed = async (db, size) => {
  const people = times(size('_entities.User'), newId);
  const owner = people[0] ?? '';
  const today = new Date().toISOString().slice(0, 10);
  const count = Math.max(size('User.mealPlans'), size('_entities.MealPlan'));
  // one plan of today for each, so that todaysMeals has the meals of one plan
  const plans = times(count, index => plan(owner, index, index === 0, today, size));
  const ofOthers = people.slice(1).map((ownerId, index) => plan(ownerId, index, true, today, size));
  const items = [...plans, ...ofOthers].flatMap(each => meals(each, today, size));
  await db.model(mealPlanCollection).insertMany([...plans, ...ofOthers]);
  await db.model(mealPlanItemCollection).insertMany(items);
  await seedSkippedDays(db, [...plans, ...ofOthers], size);
  const templates = await seedTemplates(db, owner, size);
  for (const id of people) await copies(userCopyCollection, { db }).keep(id, 1, atNoon());
  const ofFirst = items.filter(({ mealPlanId }) => mealPlanId === plans[0]?._id).map(({ _id }) => _id);
  return {
    viewer: { userId: owner },
    arguments: {
      'Query.mealPlan.id': plans[0]?._id,
      '_entities.User': people,
      '_entities.MealPlan': plans.slice(0, size('_entities.MealPlan')).map(({ _id }) => _id),
      '_entities.MealPlanItem': ofFirst.slice(0, size('_entities.MealPlanItem')),
      '_entities.MealTemplate': templates.slice(0, size('_entities.MealTemplate')),
    },
  };
};

function plan(ownerId: string, index: number, isActive: boolean, today: string, size: Size): MealPlanRecord {
  const lasts = Math.max(size('MealPlan.days', LONGEST_PLAN), size('MealPlan.skippedDays', LONGEST_PLAN - 1) + 1);
  return {
    ...{ _id: newId(), ownerId, name: `Plan ${index}`, startDate: today, endDate: plusDays(today, lasts - 1) },
    ...{ status: isActive ? 'ACTIVE' : 'ARCHIVED', failure: null, shoppingList: false, version: 1 },
    ...{ idempotencyKey: `key ${index}`, requestHash: 'none', createdAt: hour(index), updatedAt: hour(index) },
  };
}

/** The meals of one day; each but the first is also left over from the one before. */
function meals({ _id: mealPlanId, ownerId }: MealPlanRecord, date: string, size: Size): MealPlanItemRecord[] {
  const lists = ['MealPlan.items', 'MealPlanDay.items', 'User.todaysMeals', '_entities.MealPlanItem'];
  const ids = times(Math.max(...lists.map(list => size(list))), newId);
  return ids.map((_id, position) => ({
    ...{ _id, mealPlanId, ownerId, date, mealType: 'DINNER', recipeId: newId(), recipeVersion: 1, note: null },
    ...{ servings: 2, leftoverOfId: ids[position - 1] ?? null, cookedAt: null, position },
  }));
}

// The first day, on which the meals are, is not skipped.
async function seedSkippedDays(db: Database, plans: readonly MealPlanRecord[], size: Size): Promise<void> {
  const skipped = plans.flatMap(({ _id: mealPlanId, startDate, endDate }) =>
    daysOf(startDate, endDate)
      .slice(1, 1 + size('MealPlan.skippedDays', LONGEST_PLAN - 1))
      .map(date => ({ _id: skippedDayId(mealPlanId, date), mealPlanId, date, reason: 'away' })),
  );
  await db.model(skippedDayCollection).insertMany(skipped);
}

async function seedTemplates(db: Database, ownerId: string, size: Size): Promise<string[]> {
  const items = times(size('MealTemplate.items'), dayOffset => ({
    ...{ dayOffset, mealType: 'DINNER' as const, recipeId: newId(), note: null, servings: 2 },
  }));
  const ids = times(Math.max(size('Query.mealTemplates'), size('_entities.MealTemplate')), newId);
  await db.model(mealTemplateCollection).insertMany(
    ids.map((_id, index) => ({
      ...{ _id, ownerId, name: `Template ${index}`, dayCount: items.length, items, createdAt: hour(index) },
    })),
  );
  return ids;
}

/** A user for whom it is noon. */
const atNoon = () => ({
  preferences: {
    ...{ diets: [], allergens: [], dislikedIngredients: [], favoriteCuisines: [] },
    ...{ defaultServings: 2, measurementSystem: 'METRIC' as const },
  },
  settings: {
    ...{ timeZone: noonZone(), locale: 'en-NZ', weekStartsOn: 'MONDAY' as const, notificationChannels: [] },
  },
});
