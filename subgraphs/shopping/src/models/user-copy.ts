import { UserCreated, UserSynced, UserUpdated } from '@mealprep360/contracts/users';
import { copyCollection } from '@mealprep360/events/copy';

/** Of a user: the units they read amounts in. */
export const userCopyCollection = copyCollection('user_copy', {
  speaker: 'users',
  revision: 1,
  from: [UserCreated, UserUpdated],
  again: UserSynced,
  state: ({ preferences: { measurementSystem } }) => ({ measurementSystem }),
});
