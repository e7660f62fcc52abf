import { blog } from '@mealprep360/blog/index';
import { mealplans } from '@mealprep360/mealplans/index';
import { notifications } from '@mealprep360/notifications/index';
import { recipes } from '@mealprep360/recipes/index';
import { shopping } from '@mealprep360/shopping/index';
import { social } from '@mealprep360/social/index';
import { openRooms, room, type Rooms } from '@mealprep360/testing/rooms';
import { users } from '@mealprep360/users/index';
import type { MeasuredRoom } from './measure.ts';
import { seedBlog } from './seeds/blog.ts';
import { seedMealPlans } from './seeds/mealplans.ts';
import { seedNotifications } from './seeds/notifications.ts';
import { seedRecipes } from './seeds/recipes.ts';
import { seedShopping } from './seeds/shopping.ts';
import { seedSocial } from './seeds/social.ts';
import { seedUsers } from './seeds/users.ts';

// What these do beside their requests reads collections that requests read too, and would be counted with them.
const { background: _, ...quietUsers } = users;
const { background: __, ...quietBlog } = blog;

/** Every room with what fills its lists. */
export const measuredRooms: readonly MeasuredRoom[] = [
  { room: room(quietUsers), collections: users.collections, seed: seedUsers },
  { room: room(recipes), collections: recipes.collections, seed: seedRecipes },
  { room: room(mealplans), collections: mealplans.collections, seed: seedMealPlans },
  { room: room(shopping), collections: shopping.collections, seed: seedShopping },
  { room: room(social), collections: social.collections, seed: seedSocial },
  { room: room(quietBlog), collections: blog.collections, seed: seedBlog },
  { room: room(notifications), collections: notifications.collections, seed: seedNotifications },
];

/** Opens them all, on the servers that are given, or on those of the test run. */
export const openMeasuredRooms = (...servers: Parameters<typeof openRooms>[1][]): Promise<Rooms> =>
  openRooms(
    measuredRooms.map(measured => measured.room),
    ...servers,
  );
