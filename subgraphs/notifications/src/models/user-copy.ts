import type { Settings } from '@mealprep360/contracts/users';
import { copyCollection } from '@mealprep360/events/copy';

/** Which notices each user wants; owned by users, kept by reactions. */
export const userCopy = copyCollection<Settings>('user_copy', { of: 'User', revision: 1 });
