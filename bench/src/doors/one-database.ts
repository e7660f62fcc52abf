import type { AnyCollection } from '@mealprep360/mongo/collection';
import { openDatabase, type Database } from '@mealprep360/mongo/database';
import { mealPlanItemCollection } from '@mealprep360/mealplans/models/meal-plan-item';
import { mealPlanCollection } from '@mealprep360/mealplans/models/meal-plan';
import { skippedDayCollection } from '@mealprep360/mealplans/models/skipped-day';
import { notificationCollection } from '@mealprep360/notifications/models/notification';
import { recipeCollection } from '@mealprep360/recipes/models/recipe';
import { savedRecipeCollection } from '@mealprep360/recipes/models/saved-recipe';
import { shoppingItemCollection } from '@mealprep360/shopping/models/shopping-item';
import { shoppingListCollection } from '@mealprep360/shopping/models/shopping-list';
import { storeLocationCollection } from '@mealprep360/shopping/models/store-location';
import { userPreferencesCollection } from '@mealprep360/users/models/user-preferences';
import { userSessionCollection } from '@mealprep360/users/models/user-session';
import { userSettingsCollection } from '@mealprep360/users/models/user-settings';
import { userCollection } from '@mealprep360/users/models/user';

/** The owners' collections that the two screens read; copies that a room keeps of another's are not needed in one database. */
const owned: Readonly<Record<string, readonly AnyCollection[]>> = {
  users: [userCollection, userPreferencesCollection, userSettingsCollection, userSessionCollection],
  recipes: [recipeCollection, savedRecipeCollection],
  mealplans: [mealPlanCollection, mealPlanItemCollection, skippedDayCollection],
  shopping: [shoppingListCollection, shoppingItemCollection, storeLocationCollection],
  notifications: [notificationCollection],
};

const ONE = 'mealprep360_one';

/** Opens a database that a house holds, as its admin. Throws when it does not answer. */
export async function openAsAdmin(uri: string, name: string, collections: readonly AnyCollection[]): Promise<Database> {
  let failure: unknown;
  const db = openDatabase({ uri, name, collections, appName: 'bench', onError: error => (failure = error) });
  const timeout = AbortSignal.timeout(10_000);
  const late = new Promise<never>((_, reject) => {
    timeout.onabort = () => reject(new Error(`the database ${name} does not answer`, { cause: failure }));
  });
  await Promise.race([db.ready, late]);
  return db;
}

/** The one database, with the indexes that the rooms have. */
export const openOne = (uri: string): Promise<Database> => openAsAdmin(uri, ONE, Object.values(owned).flat());

/** Copies what the rooms hold into the one database. */
export async function copyIntoOne(uri: string, databaseOf: (room: string) => string): Promise<void> {
  const one = await openOne(uri);
  try {
    const client = one.connection.getClient();
    for (const [room, collections] of Object.entries(owned)) {
      for (const { name } of collections) {
        // $out keeps the indexes that are there
        const copied = [{ $out: { db: ONE, coll: name } }];
        await client.db(databaseOf(room)).collection(name).aggregate(copied).toArray();
      }
    }
  } finally {
    await one.close();
  }
}
