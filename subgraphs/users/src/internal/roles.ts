import { id } from '@mealprep360/contracts/vocabulary';
import { valid } from '@mealprep360/service/fault';
import type { InternalRoute } from '@mealprep360/service/subgraph';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { role } from '../domain/user.ts';
import { changeUser } from '../user-aggregate.ts';

const request = z.object({ userId: id, role });

/** `{userId, role}` → `{roles}`: grants a role. The user's next access token carries it. */
export const roles: InternalRoute<Context> = {
  callers: ['dev-env'],
  answer: async (body, { commit }) => {
    const granted = valid(request, body);
    const user = await commit(work => changeUser(work, granted.userId, { type: 'GrantRole', role: granted.role }));
    return { roles: user.roles };
  },
};
