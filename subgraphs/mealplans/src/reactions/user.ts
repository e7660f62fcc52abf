import { reactions, type Reaction } from '@mealprep360/events/reactions';
import type { Work } from '../context.ts';
import type { UserCopy } from '../models/user-copy.ts';

const keep: Reaction<UserCopy, Work> = async ({ aggregateId, version, eventData }, { userCopies }) => {
  const { preferences, settings } = eventData;
  await userCopies.keep(aggregateId, version, { preferences, settings });
};

export const user = reactions<Work>()('users', {
  UserCreated: keep,
  UserUpdated: keep,
  UserDeleted: ({ aggregateId }, { userCopies }) => userCopies.drop(aggregateId),
});
