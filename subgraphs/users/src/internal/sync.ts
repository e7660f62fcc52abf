import { UserSynced } from '@mealprep360/contracts/users';
import { fault, valid } from '@mealprep360/service/fault';
import { syncUsers, type synced } from '@mealprep360/service/ops-messages';
import type { InternalRoute } from '@mealprep360/service/subgraph';
import type { z } from 'zod';
import type { Context, Work } from '../context.ts';
import type { UserRecord } from '../models/user.ts';
import { userEvents } from '../user-store.ts';

/**
 * `{userId}`, or `{after, limit}` for some of all → `{users, total, next}`: says users once more as they are, at the
 * version that they have, for copies that may have missed it. Nothing changes by it.
 */
export const sync: InternalRoute<Context> = {
  callers: ['ops'],
  answer: async (body, { commit, models, logger }) => {
    const asked = valid(syncUsers, body);
    const isOne = 'userId' in asked;
    const which = isOne ? { _id: asked.userId } : asked.after === undefined ? {} : { _id: { $gt: asked.after } };
    const limit = isOne ? 1 : asked.limit;
    const { users, hasMore } = await commit(async work => {
      const found = await work.users
        .find(which)
        .sort({ _id: 1 })
        .limit(limit + 1)
        .session(work.session)
        .lean();
      const page = found.slice(0, limit);
      await sayAgain(work, page);
      return { users: page, hasMore: found.length > limit };
    });
    if (isOne && users.length === 0) throw fault('USER_NOT_FOUND', `There is no user ${asked.userId}, or no longer.`);
    logger.warn({ users: users.length, ...asked }, 'an operator had users said once more');
    const next = hasMore ? (users.at(-1)?._id ?? null) : null;
    const total = isOne ? 1 : await models.users.countDocuments();
    return { users: users.length, total, next } satisfies z.input<typeof synced>;
  },
};

async function sayAgain(work: Work, users: readonly UserRecord[]): Promise<void> {
  const ids = users.map(user => user._id);
  const { session } = work;
  const preferences = await work.preferences
    .find({ _id: { $in: ids } })
    .session(session)
    .lean();
  const settings = await work.settings
    .find({ _id: { $in: ids } })
    .session(session)
    .lean();
  const times = await timesSaid(work, ids);
  for (const { _id: id, version } of users) {
    const own = preferences.find(({ _id }) => _id === id);
    const spoken = settings.find(({ _id }) => _id === id);
    if (own === undefined || spoken === undefined) throw new Error(`user ${id} has lost a projection`);
    work.emit(UserSynced.of(id, (times.get(id) ?? 0) + 1, { id, version, preferences: own, settings: spoken }));
  }
}

/** How often each was said once more. */
async function timesSaid({ db, session }: Work, ids: readonly string[]): Promise<Map<string, number>> {
  const own = { aggregateType: UserSynced.aggregateType, aggregateId: { $in: [...ids] } };
  const found = await db
    .raw(userEvents)
    .aggregate<{ _id: string; times: number }>(
      [{ $match: own }, { $group: { _id: '$aggregateId', times: { $max: '$version' } } }],
      { session },
    )
    .toArray();
  return new Map(found.map(({ _id, times }) => [_id, times]));
}
