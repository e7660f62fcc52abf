import { reactions } from '@mealprep360/events/reactions';
import type { Work } from '../context.ts';
import { makeProfile } from '../profile-aggregate.ts';

export const user = reactions<Work>()('users', {
  UserCreated: ({ aggregateId }, work) => makeProfile(work, aggregateId),
  UserDeleted: async ({ aggregateId }, work) => {
    work.entomb('User', aggregateId);
    await work.profiles.deleteOne({ _id: aggregateId }, { session: work.session });
  },
});
