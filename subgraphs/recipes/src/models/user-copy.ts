import { UserCreated, UserSynced, UserUpdated, type Preferences } from '@mealprep360/contracts/users';
import { copyCollection } from '@mealprep360/events/copy';

/** What a user eats and likes, as the users service last said it: what recommendations go by. */
export type UserCopy = Pick<Preferences, 'diets' | 'allergens' | 'dislikedIngredients' | 'favoriteCuisines'>;

export const userCopyOf = ({ diets, allergens, dislikedIngredients, favoriteCuisines }: UserCopy): UserCopy => ({
  diets,
  allergens,
  dislikedIngredients,
  favoriteCuisines,
});

export const userCopyCollection = copyCollection('user_copy', {
  speaker: 'users',
  revision: 1,
  from: [UserCreated, UserUpdated],
  again: UserSynced,
  state: ({ preferences }) => userCopyOf(preferences),
});
