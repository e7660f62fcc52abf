import type { UserResolvers } from '../generated/types.ts';
import { knownPeople } from '../known-people.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  socialProfile: async ({ id }, _, context) => {
    const profile = await context.loaders.profile.load(id);
    if (profile !== null || id !== context.viewer.userId) return profile;
    // The viewer's own has not arrived, or there is none.
    await knownPeople(context, [id]);
    return context.loaders.profile.load(id);
  },
};
