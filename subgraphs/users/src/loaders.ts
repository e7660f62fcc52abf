import { byId } from '@mealprep360/service/loader';
import DataLoader from 'dataloader';
import type { Models } from './context.ts';
import { MAX_SESSIONS, type UserSessionRecord } from './models/user-session.ts';

export type Loaders = ReturnType<typeof loaders>;

/** One set of loaders for each request: what a list asks for is read in one command for the whole list. */
export const loaders = ({ users, preferences, settings, subscriptions, sessions, sagas }: Models) => ({
  user: byId(users),
  preferences: byId(preferences),
  settings: byId(settings),
  subscription: byId(subscriptions),
  session: byId(sessions),
  saga: byId(sagas),
  /** a user's sessions that go on, the newest first */
  sessionsOfUser: new DataLoader<string, UserSessionRecord[]>(async userIds => {
    const found = await sessions.aggregate<{ _id: string; newest: UserSessionRecord[] }>([
      { $match: { userId: { $in: [...userIds] }, revokedAt: null, $expr: { $gt: ['$expiresAt', '$$NOW'] } } },
      {
        $group: {
          _id: '$userId',
          newest: { $topN: { n: MAX_SESSIONS, sortBy: { createdAt: -1, _id: -1 }, output: '$$ROOT' } },
        },
      },
    ]);
    const byUser = new Map(found.map(({ _id, newest }) => [_id, newest]));
    return userIds.map(id => byUser.get(id) ?? []);
  }),
});
