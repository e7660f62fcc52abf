import type { Preferences } from '@mealprep360/contracts/users';
import { reactions, type Reaction } from '@mealprep360/events/reactions';
import type { Work } from '../context.ts';
import { userCopyOf } from '../models/user-copy.ts';

const keep: Reaction<{ preferences: Preferences }, Work> = ({ aggregateId, version, eventData }, { userCopies }) =>
  userCopies.keep(aggregateId, version, userCopyOf(eventData.preferences));

export const user = reactions<Work>()('users', {
  UserCreated: keep,
  UserUpdated: keep,
  UserDeleted: ({ aggregateId }, { userCopies }) => userCopies.drop(aggregateId),
});
