import type { Database } from '@mealprep360/mongo/database';
import { todayIn } from '@mealprep360/mealplans/domain/dates';
import { mealType } from '@mealprep360/contracts/vocabulary';
import { mealPlanItemCollection } from '@mealprep360/mealplans/models/meal-plan-item';
import { listedStatuses, mealPlanCollection } from '@mealprep360/mealplans/models/meal-plan';
import { skippedDayCollection } from '@mealprep360/mealplans/models/skipped-day';
import { notificationCollection } from '@mealprep360/notifications/models/notification';
import { aisles } from '@mealprep360/quantity/aisle';
import { displayMeasures } from '@mealprep360/quantity/display';
import { reasonsFor } from '@mealprep360/recipes/domain/recommendation';
import { recommendationOf } from '@mealprep360/recipes/models/recipe-recommendation';
import { recipeCollection, visibleTo, type RecipeRecord } from '@mealprep360/recipes/models/recipe';
import { savedRecipeCollection } from '@mealprep360/recipes/models/saved-recipe';
import { byAisle } from '@mealprep360/shopping/domain/by-aisle';
import { shownAisle, shownAmounts, shownAsNeeded, shownFood } from '@mealprep360/shopping/domain/edit-item';
import { shoppingItemCollection } from '@mealprep360/shopping/models/shopping-item';
import { shoppingListCollection } from '@mealprep360/shopping/models/shopping-list';
import { storeLocationCollection } from '@mealprep360/shopping/models/store-location';
import { userPreferencesCollection } from '@mealprep360/users/models/user-preferences';
import { userSettingsCollection } from '@mealprep360/users/models/user-settings';
import { userCollection } from '@mealprep360/users/models/user';

/** The start page of the web, as the BFF answers it. */
export async function dashboard(db: Database, userId: string) {
  const [user, recentMealPlans, recommendedRecipes, notifications] = await Promise.all([
    userOf(db, userId),
    recentPlans(db, userId),
    recommended(db, userId),
    unread(db, userId),
  ]);
  return { user, recentMealPlans, recommendedRecipes, notifications, errors: [] };
}

/** The home screen of the app, as the BFF answers it. */
export async function home(db: Database, userId: string) {
  const [user, todaysMeals, shoppingList] = await Promise.all([
    userOf(db, userId),
    mealsOfToday(db, userId),
    activeList(db, userId),
  ]);
  return { user, todaysMeals, shoppingList, errors: [] };
}

async function userOf(db: Database, _id: string) {
  const user = await db.raw(userCollection).findOne({ _id }, { projection: { displayName: 1, avatar: 1 } });
  return user && { id: user._id, displayName: user.displayName, avatar: user.avatar };
}

async function recentPlans(db: Database, ownerId: string) {
  const listed = { ownerId, status: { $in: [...listedStatuses] } };
  const plans = await db.raw(mealPlanCollection).find(listed).sort({ startDate: -1, _id: -1 }).limit(5).toArray();
  return plans.map(({ _id: id, name, startDate, endDate, status, updatedAt }) => ({
    ...{ id, name, startDate, endDate, status, updatedAt },
  }));
}

async function recommended(db: Database, userId: string) {
  const [taste, saved] = await Promise.all([
    db.raw(userPreferencesCollection).findOne({ _id: userId }),
    db.raw(savedRecipeCollection).find({ userId }).sort({ dateSaved: -1, _id: -1 }).limit(1000).toArray(),
  ]);
  if (taste === null) return null;
  const savedIds = saved.map(({ recipeId }) => recipeId);
  const { match, computed, sort } = recommendationOf(userId, taste, savedIds);
  const stages = [{ $match: match }, { $addFields: computed }, { $sort: Object.fromEntries(sort) }, { $limit: 10 }];
  const found = await db.raw(recipeCollection).aggregate<RecipeRecord>(stages).toArray();
  return found.map(recipe => ({
    ...cardOf(recipe),
    reasons: reasonsFor(recipe, taste, { isOwn: recipe.ownerId === userId, isSaved: savedIds.includes(recipe._id) }),
  }));
}

const cardOf = ({ _id: id, slug, title, image, totalTime }: RecipeRecord) => ({ id, slug, title, image, totalTime });

async function unread(db: Database, userId: string) {
  const found = await db
    .raw(notificationCollection)
    .find({ userId, readAt: null })
    .sort({ createdAt: -1, _id: -1 })
    .limit(10)
    .toArray();
  return found.map(({ _id: id, type, title, body, createdAt }) => ({ id, type, title, body, createdAt }));
}

async function mealsOfToday(db: Database, ownerId: string) {
  const settings = await db.raw(userSettingsCollection).findOne({ _id: ownerId });
  if (settings === null) return null;
  const date = todayIn(settings.timeZone, new Date());
  const running = { ownerId, status: 'ACTIVE' as const, startDate: { $lte: date }, endDate: { $gte: date } };
  const plans = await db
    .raw(mealPlanCollection)
    .find(running, { projection: { _id: 1 } })
    .toArray();
  const ofToday = { mealPlanId: { $in: plans.map(({ _id }) => _id) }, date };
  const [skipped, items] = await Promise.all([
    db.raw(skippedDayCollection).find(ofToday).toArray(),
    db.raw(mealPlanItemCollection).find(ofToday).toArray(),
  ]);
  const skippedPlans = new Set(skipped.map(({ mealPlanId }) => mealPlanId));
  const meals = items
    .filter(({ mealPlanId }) => !skippedPlans.has(mealPlanId))
    .sort((a, b) => place(a) - place(b) || a.position - b.position || (a._id < b._id ? -1 : 1))
    .slice(0, 100);
  const wanted = { _id: { $in: meals.flatMap(({ recipeId }) => recipeId ?? []) } };
  const visible = visibleTo({ userId: ownerId, sessionId: null, roles: [] });
  const recipes = await db
    .raw(recipeCollection)
    .find({ ...wanted, ...visible })
    .toArray();
  const cards = new Map(recipes.map(recipe => [recipe._id, cardOf(recipe)]));
  return meals.map(({ _id: id, mealType: meal, servings, note, cookedAt, recipeId }) => ({
    ...{ id, date, mealType: meal, servings, note, cookedAt, recipe: cards.get(recipeId ?? '') ?? null },
  }));
}

const place = (item: { mealType: (typeof mealType.options)[number] }) => mealType.options.indexOf(item.mealType);

async function activeList(db: Database, userId: string) {
  const [list, preferences] = await Promise.all([
    db
      .raw(shoppingListCollection)
      .findOne({ memberIds: userId, status: 'ACTIVE' }, { sort: { createdAt: -1, _id: -1 } }),
    db.raw(userPreferencesCollection).findOne({ _id: userId }),
  ]);
  if (list === null) return null;
  const [items, store] = await Promise.all([
    db
      .raw(shoppingItemCollection)
      .find({ listId: list._id, listed: true })
      .sort({ food: 1, _id: 1 })
      .limit(500)
      .toArray(),
    list.storeId === null ? null : db.raw(storeLocationCollection).findOne({ _id: list.storeId }),
  ]);
  const system = preferences?.measurementSystem ?? 'METRIC';
  const groups = byAisle(items, shownAisle, store?.aisleOrder ?? [], aisles);
  return {
    ...{ id: list._id, name: list.name, version: list.version, updatedAt: list.updatedAt },
    itemsByAisle: groups.map(({ aisle, items: inAisle }) => ({
      aisle,
      items: inAisle.map(item => ({
        ...{ id: item._id, food: shownFood(item), checked: item.checked, version: item.version },
        display: displayMeasures(shownAmounts(item), shownAsNeeded(item), system),
      })),
    })),
  };
}
