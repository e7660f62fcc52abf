import { UserCreated, UserSynced, UserUpdated, type Preferences, type Settings } from '@mealprep360/contracts/users';
import { copyCollection } from '@mealprep360/events/copy';

export interface UserCopy {
  preferences: Preferences;
  settings: Settings;
}

/** Users as the users service last said them: default servings, and the time zone that tells which day it is. */
export const userCopyCollection = copyCollection('user_copy', {
  speaker: 'users',
  revision: 1,
  from: [UserCreated, UserUpdated],
  again: UserSynced,
  state: ({ preferences, settings }: UserCopy): UserCopy => ({ preferences, settings }),
});
