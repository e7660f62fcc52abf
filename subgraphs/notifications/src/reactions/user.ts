import type { UserCreated, UserUpdated } from '@mealprep360/contracts/users';
import type { DataOf } from '@mealprep360/contracts/define';
import type { DomainEvent } from '@mealprep360/contracts/envelope';
import { copies } from '@mealprep360/events/copy';
import { reactions } from '@mealprep360/events/reactions';
import type { Work } from '../context.ts';
import { userCopy } from '../models/user-copy.ts';

const keepSettings = async (
  event: DomainEvent<DataOf<typeof UserCreated | typeof UserUpdated>>,
  work: Work,
): Promise<void> => {
  await copies(userCopy, work).keep(event.aggregateId, event.version, event.eventData.settings);
};

export const user = reactions<Work>()('users', {
  UserCreated: keepSettings,
  UserUpdated: keepSettings,
  UserDeleted: (event, work) => copies(userCopy, work).drop(event.aggregateId),
});
