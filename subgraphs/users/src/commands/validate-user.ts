import { ValidateUser } from '@mealprep360/contracts/commands';
import { command, Refused } from '@mealprep360/events/commands';
import type { Work } from '../context.ts';

/** Whether a saga may act for this user: there is one, and they are not gone. */
export const validateUser = command<Work>()(ValidateUser, {
  run: async ({ userId }, work) => {
    const known = await work.users.exists({ _id: userId }).session(work.session);
    if (known === null || (await work.isEntombed('User', userId))) {
      throw new Refused('USER_NOT_FOUND', 'There is no such user.');
    }
    return {};
  },
});
