import { UserCreated, UserSynced, UserUpdated } from '@mealprep360/contracts/users';
import { copyCollection } from '@mealprep360/events/copy';

/** Which notices each user wants; owned by users, kept by reactions. */
export const userCopy = copyCollection('user_copy', {
  speaker: 'users',
  revision: 1,
  from: [UserCreated, UserUpdated],
  again: UserSynced,
  state: ({ settings }) => settings,
});
