import type { DataOf } from '@mealprep360/contracts/define';
import type { MealPlanState } from '@mealprep360/contracts/mealplans';
import type { ShoppingListState } from '@mealprep360/contracts/shopping';
import type { PostCommented, PostLiked, UserFollowed } from '@mealprep360/contracts/social';
import type { Settings } from '@mealprep360/contracts/users';

/** What a person is told, before it is written down. */
export interface Notice {
  type: 'MEAL_PLAN_READY' | 'SHOPPING_LIST_UPDATED' | 'NEW_FOLLOWER' | 'POST_LIKED' | 'POST_COMMENTED';
  title: string;
  body: string;
  /** null where it is about a person only, who is the actor */
  subject: { type: 'MealPlan' | 'ShoppingList' | 'SocialPost'; id: string } | null;
  recipients: string[];
}

/** What is told of somebody, and no longer true when they are gone. */
export const ofThePerson = ['NEW_FOLLOWER', 'POST_LIKED', 'POST_COMMENTED'] as const;

export const planReady = (plan: MealPlanState): Notice => ({
  type: 'MEAL_PLAN_READY',
  title: 'Your meal plan is ready',
  body: `${plan.name ?? 'Your plan'}: ${counted(plan.items.length, 'meal')} from ${plan.startDate} to ${plan.endDate}.`,
  subject: { type: 'MealPlan', id: plan.id },
  recipients: [plan.ownerId],
});

/**
 * Who hears that a list changed: everyone on it when a plan or recipe behind it did, all but the one who edited it
 * when a person did. Ticking items off is shopping, not news; null when nobody needs to know.
 */
export function listUpdated(list: ShoppingListState, editorId: string | null): Notice | null {
  if (list.cause !== 'PLAN_CHANGED' && list.cause !== 'EDITED') return null;
  const everyone = [...new Set([list.ownerId, ...list.collaboratorIds])];
  const byPlan = list.cause === 'PLAN_CHANGED';
  return {
    type: 'SHOPPING_LIST_UPDATED',
    title: 'A shopping list changed',
    body: byPlan
      ? `${list.name} follows a changed plan: it now has ${counted(list.itemCount, 'item')}.`
      : `${list.name} was edited: it now has ${counted(list.itemCount, 'item')}.`,
    subject: { type: 'ShoppingList', id: list.id },
    recipients: byPlan ? everyone : everyone.filter(id => id !== editorId),
  };
}

// Who it was is the notice's actor: names stay with users, and what people wrote with social.

export const newFollower = ({ followeeId }: DataOf<typeof UserFollowed>): Notice => ({
  type: 'NEW_FOLLOWER',
  title: 'You have a new follower',
  body: 'Somebody follows your posts.',
  subject: null,
  recipients: [followeeId],
});

/** Nobody is told of a like of one's own. */
export const postLiked = ({ postId, postAuthorId, userId }: DataOf<typeof PostLiked>): Notice => ({
  type: 'POST_LIKED',
  title: 'Your post is liked',
  body: 'Somebody likes a post of yours.',
  subject: { type: 'SocialPost', id: postId },
  recipients: [postAuthorId].filter(id => id !== userId),
});

/** Nobody is told of a comment of one's own. */
export const postCommented = ({ postId, postAuthorId, authorId }: DataOf<typeof PostCommented>): Notice => ({
  type: 'POST_COMMENTED',
  title: 'Your post has a new comment',
  body: 'Somebody commented on a post of yours.',
  subject: { type: 'SocialPost', id: postId },
  recipients: [postAuthorId].filter(id => id !== authorId),
});

/** In-app notices are on unless the user turned them off for this topic. */
export const wantsInApp = (settings: Settings | null, topic: Notice['type']): boolean =>
  settings?.notificationChannels.find(setting => setting.topic === topic && setting.channel === 'IN_APP')?.enabled ??
  true;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
