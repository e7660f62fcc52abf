import { ShoppingListDeleted, ShoppingListUpdated } from '@mealprep360/contracts/shopping';
import { PostLiked } from '@mealprep360/contracts/social';
import type { NewEvent } from '@mealprep360/contracts/define';
import { newId } from '@mealprep360/mongo/id';
import { eraseUser } from '@mealprep360/testing/erase-user';
import { openRooms, room, speaker, type Rooms } from '@mealprep360/testing/rooms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notifications } from '../src/index.ts';
import { notificationCollection } from '../src/models/notification.ts';

let rooms: Rooms;
const ana = newId();
const ben = newId();
beforeAll(async () => {
  rooms = await openRooms([
    room(notifications),
    ...['users', 'shopping', 'social', 'mealplans'].map(name => speaker(name)),
  ]);
});
afterAll(() => rooms.stop());

const listOf = (ownerId: string, other: string, name: string) => ({
  ...{ id: newId(), name, ownerId, collaboratorIds: [other], mealPlanIds: [], itemCount: 1 },
  ...{ status: 'ACTIVE' as const, cause: 'EDITED' as const },
});
const sayAs = (userId: string, name: string, event: NewEvent) => {
  const actor = { userId, correlationId: newId(), causationId: null, traceparent: null };
  return rooms.service(name).events.commit(actor, tx => {
    tx.emit(event);
  });
};
const told = async () => {
  const rows = await rooms
    .service('notifications')
    .db.raw(notificationCollection)
    .find({ userId: ben })
    .sort({ body: 1 })
    .toArray();
  return rows.map(({ body, actorId }) => ({ body, actorId }));
};
const liked = () => {
  const [id, postId] = [newId(), newId()];
  return PostLiked.of(id, 1, { id, postId, postAuthorId: ben, userId: ana });
};

test('a person’s own notices go, and those of others tell of nobody who is gone', async () => {
  const bens = listOf(ben, ana, 'Bens');
  const anas = listOf(ana, ben, 'Anas');
  await sayAs(ana, 'shopping', ShoppingListUpdated.of(bens.id, 1, bens));
  await sayAs(ana, 'shopping', ShoppingListUpdated.of(anas.id, 1, anas));
  await sayAs(ben, 'shopping', ShoppingListUpdated.of(bens.id, 2, bens));
  await sayAs(ana, 'social', liked());
  const rows = rooms.service('notifications').db.raw(notificationCollection);
  await expect.poll(() => rows.countDocuments()).toBe(4);
  // when shopping has erased it
  await sayAs(ana, 'shopping', ShoppingListDeleted.of(anas.id, 2, { id: anas.id, ownerId: ana }));
  await expect.poll(() => rows.countDocuments()).toBe(3);
  expect(await eraseUser(rooms, 'notifications', ana)).toEqual({ recordsErased: 2, recordsAnonymised: 1 });
  const left = [{ body: 'Bens was edited: it now has 1 item.', actorId: null }];
  expect(await told()).toEqual(left);
  // what arrives late tells nobody of her, and her of nothing
  await sayAs(ana, 'social', liked());
  await sayAs(ana, 'shopping', ShoppingListUpdated.of(bens.id, 3, bens));
  await sayAs(ben, 'shopping', ShoppingListUpdated.of(bens.id, 4, bens));
  await expect.poll(told).toEqual([...left, ...left]);
  expect(await rows.countDocuments({ userId: ana })).toBe(0);
});
