import type { SocialPostResolvers } from '../generated/types.ts';

export const SocialPost: SocialPostResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.post.load(id),
  id: post => post._id,
  author: (post, _, { loaders }) => loaders.profile.load(post.authorId),
  recipe: ({ recipeId }) => (recipeId === null ? null : { id: recipeId }),
  mealPlan: ({ mealPlanId }) => (mealPlanId === null ? null : { id: mealPlanId }),
  viewerHasLiked: (post, _, { loaders }) => loaders.viewerHasLiked.load(post._id),
  comments: (post, args, { loaders }) => loaders.commentsOfPost.load(post._id, args),
};
