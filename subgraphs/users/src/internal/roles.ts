import { id } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import type { InternalRoute } from '@mealprep360/service/subgraph';
import { z } from 'zod';
import type { Context, Models } from '../context.ts';
import { emailKey } from '../domain/user-input.ts';
import { role } from '../domain/user.ts';
import { changeUser } from '../user-aggregate.ts';

const request = z.union([z.object({ userId: id, role }), z.object({ email: z.string().min(3).max(254), role })]);

/**
 * `{userId or email, role}` → `{userId, roles}`: grants a role. The user's next access token carries it. Whoever has it
 * already keeps it.
 */
export const roles: InternalRoute<Context> = {
  callers: ['dev-env', 'ops'],
  answer: async (body, { commit, models }) => {
    const granted = valid(request, body);
    const userId = 'userId' in granted ? granted.userId : await whoHas(granted.email, models);
    const user = await commit(work => changeUser(work, userId, { type: 'GrantRole', role: granted.role }));
    return { userId, roles: user.roles };
  },
};

async function whoHas(email: string, { users }: Models): Promise<string> {
  const user = await users.findOne({ emailKey: emailKey(email) }, { _id: 1 }).lean();
  if (user === null) throw fault('USER_NOT_FOUND', 'No user has this e-mail address.', ['email']);
  return user._id;
}
