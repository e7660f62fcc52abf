import { z } from 'zod';
import { defineEvent } from './define.ts';
import { id } from './vocabulary.ts';

// What people write never leaves the social room by an event: who erases it there has erased it everywhere.

export const SocialPostCreated = defineEvent(
  'SocialPostCreated',
  'SocialPost',
  z.object({
    id,
    authorId: id,
    recipeId: id.nullable(),
    mealPlanId: id.nullable(),
    createdAt: z.coerce.date(),
  }),
);
export const SocialPostDeleted = defineEvent('SocialPostDeleted', 'SocialPost', z.object({ id, authorId: id }));

/** Likes and follows are taken back in silence, and given again as new ones. */
export const PostLiked = defineEvent('PostLiked', 'Like', z.object({ id, postId: id, postAuthorId: id, userId: id }));
export const PostCommented = defineEvent(
  'PostCommented',
  'Comment',
  z.object({ id, postId: id, postAuthorId: id, authorId: id, replyToId: id.nullable() }),
);
export const UserFollowed = defineEvent('UserFollowed', 'Follow', z.object({ id, followerId: id, followeeId: id }));
