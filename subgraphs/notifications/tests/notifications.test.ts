import { AnnounceMealPlan, CommandRequested } from '@mealprep360/contracts/commands';
import type { MealPlanState } from '@mealprep360/contracts/mealplans';
import { ShoppingListUpdated, type ShoppingListState } from '@mealprep360/contracts/shopping';
import { UserCreated } from '@mealprep360/contracts/users';
import { newId } from '@mealprep360/mongo/id';
import { openRooms, room, speaker, type Rooms } from '@mealprep360/testing/rooms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notifications } from '../src/index.ts';

let rooms: Rooms;
beforeAll(async () => {
  rooms = await openRooms([room(notifications), speaker('users'), speaker('mealplans'), speaker('shopping')]);
});
afterAll(() => rooms.stop());

interface Told {
  type: string;
  title: string;
  body: string;
  readAt: string | null;
  id: string;
  subject: { __typename: string; id: string };
}

const read = async (userId: string, args = ''): Promise<{ nodes: Told[]; totalCount: number; unreadCount: number }> => {
  const { data, errors } = await rooms.query(
    'notifications',
    { userId },
    `{ me { notifications${args} { totalCount unreadCount nodes {
      id type title body readAt subject { __typename ... on MealPlan { id } ... on ShoppingList { id } }
    } } } }`,
  );
  expect(errors).toBeUndefined();
  return data.me.notifications;
};
const count = async (userId: string) => (await read(userId)).totalCount;

async function announce(ownerId: string, sagaId: string = newId(), planId = newId()): Promise<string> {
  const plan: MealPlanState = {
    ...{ id: planId, ownerId, name: 'Week 49', startDate: '2026-11-30', endDate: '2026-12-06', items: [] },
    ...{ skippedDays: [], status: 'ACTIVE', shoppingList: true },
  };
  const told = { sagaId, step: 4, command: AnnounceMealPlan.name, undo: false, input: { plan }, deadline: null };
  await rooms.say('mealplans', CommandRequested.of(sagaId, 1, told, AnnounceMealPlan.to));
  return planId;
}

const updateList = (version: number, state: ShoppingListState) =>
  rooms.say('shopping', ShoppingListUpdated.of(state.id, version, state));

const listOf = (ownerId: string, collaboratorIds: string[], cause: ShoppingListState['cause']): ShoppingListState => ({
  ...{
    id: newId(),
    name: 'Groceries',
    ownerId,
    collaboratorIds,
    mealPlanIds: [],
    itemCount: 3,
    status: 'ACTIVE',
    cause,
  },
});

describe('a plan that is ready', () => {
  it('is told to its owner once, however often it is announced', async () => {
    const ana = newId();
    const planId = await announce(ana);
    await expect.poll(() => count(ana)).toBe(1);
    await announce(ana, newId(), planId);
    const other = await announce(ana);
    await expect.poll(() => count(ana)).toBe(2);
    const { nodes, unreadCount } = await read(ana);
    expect(nodes.map(({ subject }) => subject.id)).toEqual([other, planId]);
    expect(unreadCount).toBe(2);
    expect(nodes[1]).toMatchObject({
      type: 'MEAL_PLAN_READY',
      body: 'Week 49: 0 meals from 2026-11-30 to 2026-12-06.',
      subject: { __typename: 'MealPlan', id: planId },
    });
  });

  it('is not told to who turned that off', async () => {
    const [quiet, loud] = [newId(), newId()];
    const settings = { timeZone: 'UTC', locale: 'en', weekStartsOn: 'MONDAY' as const };
    const off = { topic: 'MEAL_PLAN_READY', channel: 'IN_APP' as const, enabled: false };
    const preferences = {
      ...{ diets: [], allergens: [], dislikedIngredients: [], favoriteCuisines: [], defaultServings: 2 },
      measurementSystem: 'METRIC' as const,
    };
    const state = { id: quiet, preferences, settings: { ...settings, notificationChannels: [off] } };
    await rooms.say('users', UserCreated.of(quiet, 1, state));
    const { db } = rooms.service('notifications');
    await expect
      .poll(() => db.connection.collection<{ _id: string }>('user_copy').findOne({ _id: quiet }))
      .not.toBeNull();
    await announce(quiet);
    await announce(loud);
    await expect.poll(() => count(loud)).toBe(1);
    expect(await count(quiet)).toBe(0);
  });
});

describe('a list that changed', () => {
  it('is told to everyone on it when its plan changed, and never to anybody else', async () => {
    const [ana, ben, stranger] = [newId(), newId(), newId()];
    await updateList(2, listOf(ana, [ben], 'PLAN_CHANGED'));
    await expect.poll(() => Promise.all([ana, ben].map(count))).toEqual([1, 1]);
    expect(await count(stranger)).toBe(0);
    expect((await read(ben)).nodes[0]).toMatchObject({
      type: 'SHOPPING_LIST_UPDATED',
      title: 'A shopping list changed',
    });
  });

  it('is no news while it is only ticked off', async () => {
    const [ana, ben] = [newId(), newId()];
    const list = listOf(ana, [ben], 'CHECKED');
    await updateList(2, list);
    await updateList(3, { ...list, cause: 'PLAN_CHANGED' });
    await expect.poll(() => count(ben)).toBe(1);
  });
});

describe('what somebody was told', () => {
  const markRead =
    'mutation($id: ID!) { markNotificationRead(id: $id) { notification { readAt } userErrors { code } } }';

  it('is marked as read one by one or all at once, and deleted for good', async () => {
    const ana = newId();
    for (let index = 0; index < 3; index++) await announce(ana);
    await expect.poll(() => count(ana)).toBe(3);
    const [{ id: newest } = { id: '' }, , { id: oldest } = { id: '' }] = (await read(ana)).nodes;
    const once = await rooms.query('notifications', { userId: ana }, markRead, { id: newest });
    const twice = await rooms.query('notifications', { userId: ana }, markRead, { id: newest });
    expect(twice.data).toEqual(once.data);
    expect((await read(ana, '(unreadOnly: true)')).totalCount).toBe(2);
    const all = await rooms.query('notifications', { userId: ana }, 'mutation { markAllNotificationsRead }');
    expect(all.data.markAllNotificationsRead).toBe(2);
    const remove = 'mutation($id: ID!) { deleteNotification(id: $id) { deletedId userErrors { code } } }';
    expect(
      (await rooms.query('notifications', { userId: ana }, remove, { id: oldest })).data.deleteNotification.deletedId,
    ).toBe(oldest);
    expect(await read(ana)).toMatchObject({ totalCount: 2, unreadCount: 0 });
  });

  it('is nobody else’s to see, mark or delete', async () => {
    const [ana, ben] = [newId(), newId()];
    await announce(ana);
    await expect.poll(() => count(ana)).toBe(1);
    const { id } = (await read(ana)).nodes[0]!;
    const { data } = await rooms.query(
      'notifications',
      { userId: ben },
      `query($id: ID!, $of: [_Any!]!) { notification(id: $id) { id }
        _entities(representations: $of) { ... on User { unreadNotificationCount notifications { totalCount } } ... on Notification { title } } }`,
      {
        id,
        of: [
          { __typename: 'User', id: ana },
          { __typename: 'Notification', id },
        ],
      },
    );
    expect(data).toEqual({
      notification: null,
      _entities: [{ unreadNotificationCount: null, notifications: null }, null],
    });
    const marked = await rooms.query('notifications', { userId: ben }, markRead, { id });
    expect(marked.data.markNotificationRead.userErrors).toEqual([{ code: 'NOTIFICATION_NOT_FOUND' }]);
    expect((await rooms.query('notifications', null, markRead, { id })).errors?.[0]?.extensions.code).toBe(
      'UNAUTHENTICATED',
    );
  });

  it.each(['x', '{"$ne":null}', ''])('is not found by a malformed id: %s', async id => {
    const { data } = await rooms.query('notifications', { userId: newId() }, markRead, { id });
    expect(data.markNotificationRead.userErrors).toEqual([{ code: 'INVALID_INPUT' }]);
  });
});
