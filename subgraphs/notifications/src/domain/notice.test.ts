import { describe, expect, it } from 'vitest';
import { listUpdated, newFollower, postCommented, postLiked, wantsInApp } from './notice.ts';

const list = {
  id: '0123456789abcdef01234567',
  name: 'Groceries',
  ownerId: 'ana',
  collaboratorIds: ['ben', 'cem'],
  mealPlanIds: [],
  itemCount: 1,
  status: 'ACTIVE' as const,
};

describe('a changed shopping list', () => {
  it('is told to everyone on it when its plan changed, also to who changed the plan', () => {
    expect(listUpdated({ ...list, cause: 'PLAN_CHANGED' }, 'ana')?.recipients).toEqual(['ana', 'ben', 'cem']);
  });

  it('is told to all the others when one of them edits it', () => {
    expect(listUpdated({ ...list, cause: 'EDITED' }, 'ben')?.recipients).toEqual(['ana', 'cem']);
  });

  it.each(['CHECKED', 'SHARED', 'OTHER'] as const)('is no news when it is only %s', cause => {
    expect(listUpdated({ ...list, cause }, 'ben')).toBeNull();
  });

  it('says how many items it has', () => {
    expect(listUpdated({ ...list, cause: 'EDITED' }, 'ben')?.body).toBe('Groceries was edited: it now has 1 item.');
  });
});

describe('what happens to a post', () => {
  const post = { id: 'x', postId: 'tortilla', postAuthorId: 'ana' };

  it('is told to its author, and named', () => {
    const told = { recipients: ['ana'], subject: { type: 'SocialPost', id: 'tortilla' } };
    expect(postLiked({ ...post, userId: 'ben' })).toMatchObject({ ...told, type: 'POST_LIKED' });
    const comment = { ...post, authorId: 'ben', replyToId: null };
    expect(postCommented(comment)).toMatchObject({ ...told, type: 'POST_COMMENTED' });
  });

  it('is told to nobody when it is the doing of its author', () => {
    expect(postLiked({ ...post, userId: 'ana' }).recipients).toEqual([]);
    expect(postCommented({ ...post, authorId: 'ana', replyToId: null }).recipients).toEqual([]);
  });
});

it('a new follower is told to who is followed, and is about no thing', () => {
  const notice = newFollower({ id: 'x', followerId: 'ben', followeeId: 'ana' });
  expect(notice).toMatchObject({ type: 'NEW_FOLLOWER', recipients: ['ana'], subject: null });
});

describe('in-app notices', () => {
  const settings = { timeZone: 'UTC', locale: 'en', weekStartsOn: 'MONDAY' as const };
  const off = { topic: 'MEAL_PLAN_READY', channel: 'IN_APP' as const, enabled: false };

  it('are on while nothing else is known', () => {
    expect(wantsInApp(null, 'MEAL_PLAN_READY')).toBe(true);
    expect(wantsInApp({ ...settings, notificationChannels: [] }, 'MEAL_PLAN_READY')).toBe(true);
  });

  it('are off for the topic that the user turned off, and for no other', () => {
    expect(wantsInApp({ ...settings, notificationChannels: [off] }, 'MEAL_PLAN_READY')).toBe(false);
    expect(wantsInApp({ ...settings, notificationChannels: [off] }, 'SHOPPING_LIST_UPDATED')).toBe(true);
  });

  it('do not follow the switch of another channel', () => {
    const push = { ...off, channel: 'PUSH' as const };
    expect(wantsInApp({ ...settings, notificationChannels: [push] }, 'MEAL_PLAN_READY')).toBe(true);
  });
});
