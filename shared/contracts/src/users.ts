import { z } from 'zod';
import { defineEvent } from './define.ts';
import { allergen, dayOfWeek, id, measurementSystem, notificationChannel, restrictedDiet } from './vocabulary.ts';

export const preferences = z.object({
  diets: z.array(restrictedDiet),
  allergens: z.array(allergen),
  dislikedIngredients: z.array(z.string()),
  favoriteCuisines: z.array(z.string()),
  defaultServings: z.number().positive(),
  measurementSystem,
});
export type Preferences = z.infer<typeof preferences>;

export const settings = z.object({
  timeZone: z.string(),
  locale: z.string(),
  weekStartsOn: dayOfWeek,
  notificationChannels: z.array(z.object({ topic: z.string(), channel: notificationChannel, enabled: z.boolean() })),
});
export type Settings = z.infer<typeof settings>;

/** What others may know of a user; name, address and avatar never leave the users room by an event. */
const publicUser = z.object({ id, preferences, settings });

export const UserCreated = defineEvent('UserCreated', 'User', publicUser);
export const UserUpdated = defineEvent('UserUpdated', 'User', publicUser);
export const UserDeleted = defineEvent('UserDeleted', 'User', z.object({ id }));

/**
 * A user as they are, said once more for copies that may have missed it: `version` is the user's, the event's own one
 * counts how often that was done.
 */
export const UserSynced = defineEvent('UserSynced', 'UserSync', publicUser.extend({ version: z.int().positive() }));
