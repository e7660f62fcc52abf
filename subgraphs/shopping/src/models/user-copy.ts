import type { Preferences } from '@mealprep360/contracts/users';
import { copyCollection } from '@mealprep360/events/copy';

/** Of a user: the units they read amounts in. */
type UserCopy = Pick<Preferences, 'measurementSystem'>;

export const userCopyCollection = copyCollection<UserCopy>('user_copy', { of: 'User', revision: 1 });
