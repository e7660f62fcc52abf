import { maySeePrivate } from '@mealprep360/service/viewer';
import type { Context } from '../context.ts';
import type { UserResolvers } from '../generated/types.ts';
import type { UserMapper } from '../../schema.mappers.ts';

// What is private is null for others, and costs no look into the database.
const ifPrivate = <Value>(user: UserMapper, { viewer }: Context, load: () => Promise<Value | null>) =>
  user.isViewer === true || maySeePrivate(viewer, user.id) ? load() : null;

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  displayName: async ({ id }, _, { loaders }) => (await loaders.user.load(id))?.displayName ?? null,
  avatar: async ({ id }, _, { loaders }) => (await loaders.user.load(id))?.avatar ?? null,
  createdAt: async ({ id }, _, { loaders }) => (await loaders.user.load(id))?.createdAt ?? null,
  email: (user, _, context) =>
    ifPrivate(user, context, async () => (await context.loaders.user.load(user.id))?.email ?? null),
  roles: (user, _, context) =>
    ifPrivate(user, context, async () => (await context.loaders.user.load(user.id))?.roles ?? null),
  preferences: (user, _, context) => ifPrivate(user, context, () => context.loaders.preferences.load(user.id)),
  settings: (user, _, context) => ifPrivate(user, context, () => context.loaders.settings.load(user.id)),
  subscription: (user, _, context) => ifPrivate(user, context, () => context.loaders.subscription.load(user.id)),
  sessions: (user, _, context) => ifPrivate(user, context, () => context.loaders.sessionsOfUser.load(user.id)),
};
