import type { SocialProfileResolvers } from '../generated/types.ts';

export const SocialProfile: SocialProfileResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.profile.load(id),
  id: profile => profile._id,
  user: profile => ({ id: profile._id }),
  viewerFollows: (profile, _, { loaders }) => loaders.viewerFollows.load(profile._id),
  posts: (profile, args, { loaders }) => loaders.postsOfAuthor.load(profile._id, args),
  followers: async (profile, args, { loaders }) => ({
    ...(await loaders.followersOf.load(profile._id, args)),
    shown: 'followerId',
  }),
  following: async (profile, args, { loaders }) => ({
    ...(await loaders.followedBy.load(profile._id, args)),
    shown: 'followeeId',
  }),
};
