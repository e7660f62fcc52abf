import { id } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import type { InternalRoute } from '@mealprep360/service/subgraph';
import { z } from 'zod';
import type { Context } from '../context.ts';

const question = z.object({ ids: z.array(id).max(500) });

/**
 * `{ids}` → `{users: [{id, version, preferences, settings}]}`: what the rooms hear of users by events, for one whose
 * copy has not arrived. Who does not exist is missing in the answer.
 */
export const usersById: InternalRoute<Context> = {
  callers: ['recipes', 'mealplans', 'shopping', 'social', 'notifications'],
  answer: async (body, { models }) => {
    const _id = { $in: valid(question, body).ids };
    // The version is read first: what is read after it may be newer than it says, never older.
    const users = await models.users.find({ _id }, { version: 1 }).lean();
    const [preferences, settings] = await Promise.all([
      models.preferences.find({ _id }).lean(),
      models.settings.find({ _id }).lean(),
    ]);
    return {
      users: users.map(user => ({
        id: user._id,
        version: user.version,
        preferences: preferences.find(record => record._id === user._id),
        settings: settings.find(record => record._id === user._id),
      })),
    };
  },
};
