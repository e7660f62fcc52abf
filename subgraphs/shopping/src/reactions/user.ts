import type { DataOf } from '@mealprep360/contracts/define';
import type { DomainEvent } from '@mealprep360/contracts/envelope';
import type { UserCreated } from '@mealprep360/contracts/users';
import { reactions } from '@mealprep360/events/reactions';
import type { Work } from '../context.ts';

type PublicUser = DataOf<typeof UserCreated>;

const keepUser = async ({ version, eventData }: DomainEvent<PublicUser>, work: Work): Promise<void> => {
  const { measurementSystem } = eventData.preferences;
  await work.userCopies.keep(eventData.id, version, { measurementSystem });
};

export const user = reactions<Work>()('users', {
  UserCreated: keepUser,
  UserUpdated: keepUser,
  UserDeleted: ({ eventData }, work) => work.userCopies.drop(eventData.id),
});
