import type { Database } from '@mealprep360/mongo/database';
import { mealPlanItemCollection } from '@mealprep360/mealplans/models/meal-plan-item';
import { mealPlanCollection } from '@mealprep360/mealplans/models/meal-plan';
import { notificationCollection } from '@mealprep360/notifications/models/notification';
import { recipeCategoryCollection } from '@mealprep360/recipes/models/recipe-category';
import { recipeCollection } from '@mealprep360/recipes/models/recipe';
import { shoppingListCollection } from '@mealprep360/shopping/models/shopping-list';
import type { Size } from '../commands/measure.ts';
import { seedMealPlans } from '../commands/seeds/mealplans.ts';
import { seedNotifications } from '../commands/seeds/notifications.ts';
import { seedRecipes } from '../commands/seeds/recipes.ts';
import { seedShopping } from '../commands/seeds/shopping.ts';

/** The rooms whose lists the two screens show. */
export type Furnished = 'recipes' | 'mealplans' | 'shopping' | 'notifications';

/**
 * Gives a user so many of all that the screens list: plans, meals of today with a recipe each, public recipes, unread
 * notifications, and a list with so many items. The recipes of the last time go.
 */
export async function furnish(dbOf: (room: Furnished) => Database, userId: string, entries: number): Promise<void> {
  const recipes = dbOf('recipes');
  await recipes.model(recipeCollection).deleteMany({ slug: /^recipe-\d+$/ });
  await recipes.model(recipeCategoryCollection).deleteMany({ slug: /^category-\d+$/ });
  const { arguments: made } = await seedRecipes(recipes, sized(entries, 'Query.recipes'));
  await furnishPlans(dbOf('mealplans'), userId, entries, made['_entities.Recipe'] as string[]);
  await furnishList(dbOf('shopping'), userId, entries);
  const notifications = dbOf('notifications');
  const { viewer } = await seedNotifications(notifications, sized(entries, 'User.notifications'));
  await notifications.model(notificationCollection).updateMany({ userId: viewer.userId }, { userId });
}

const sized =
  (entries: number, ...lists: string[]): Size =>
  (list, most = entries) =>
    Math.min(lists.includes(list) ? entries : 2, most);

async function furnishPlans(db: Database, userId: string, entries: number, recipeIds: string[]): Promise<void> {
  const { viewer } = await seedMealPlans(db, sized(entries, 'User.mealPlans', 'User.todaysMeals'));
  const own = { ownerId: viewer.userId };
  await db.model(mealPlanCollection).updateMany(own, { ownerId: userId });
  const items = db.model(mealPlanItemCollection);
  await items.bulkWrite(
    recipeIds.map((recipeId, position) => ({ updateMany: { filter: { ...own, position }, update: { recipeId } } })),
  );
  await items.updateMany(own, { ownerId: userId });
}

async function furnishList(db: Database, userId: string, entries: number): Promise<void> {
  const { viewer } = await seedShopping(db, sized(entries, 'ShoppingList.items'));
  await db
    .model(shoppingListCollection)
    .updateMany({ ownerId: viewer.userId }, { ownerId: userId, memberIds: [userId] });
}
