import { z } from 'zod';

/** schema.org RestrictedDiet */
export const restrictedDiet = z.enum([
  'DIABETIC',
  'GLUTEN_FREE',
  'HALAL',
  'HINDU',
  'KOSHER',
  'LOW_CALORIE',
  'LOW_FAT',
  'LOW_LACTOSE',
  'LOW_SALT',
  'VEGAN',
  'VEGETARIAN',
]);
export type RestrictedDiet = z.infer<typeof restrictedDiet>;

/** the 14 of EU regulation 1169/2011, annex II */
export const allergen = z.enum([
  'GLUTEN',
  'CRUSTACEANS',
  'EGGS',
  'FISH',
  'PEANUTS',
  'SOYBEANS',
  'MILK',
  'TREE_NUTS',
  'CELERY',
  'MUSTARD',
  'SESAME',
  'SULPHITES',
  'LUPIN',
  'MOLLUSCS',
]);
export type Allergen = z.infer<typeof allergen>;

export const certainty = z.enum(['CONTAINS', 'MAY_CONTAIN']);
export const measurementSystem = z.enum(['METRIC', 'US', 'IMPERIAL']);
export type MeasurementSystem = z.infer<typeof measurementSystem>;
export const visibility = z.enum(['PRIVATE', 'UNLISTED', 'PUBLIC']);
export type Visibility = z.infer<typeof visibility>;
export const mealType = z.enum(['BREAKFAST', 'LUNCH', 'DINNER', 'SNACK']);
export type MealType = z.infer<typeof mealType>;
export const dayOfWeek = z.enum(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']);
export const notificationChannel = z.enum(['IN_APP', 'EMAIL', 'PUSH']);

/** 2026-11-23: a day of somebody's calendar, in no time zone */
export const localDate = z.iso.date();
export const id = z.string().regex(/^[0-9a-f]{24}$/, 'This is no id: an id has 24 hexadecimal digits.');
