import { CommandAnswered, CommandRequested, type Keeper } from '@mealprep360/contracts/commands';
import { commandRows } from '@mealprep360/events/commands';
import { tombstones } from '@mealprep360/events/tombstones';
import { newId } from '@mealprep360/mongo/id';
import { expect } from 'vitest';
import type { Rooms } from './rooms.ts';

/**
 * Has a room erase a user, as the saga of an opened users room (or its stand-in) would, and answers its reply. The
 * tombstone stands for long already, so nothing under way is waited for.
 */
export async function eraseUser(rooms: Rooms, keeper: Keeper, userId: string): Promise<unknown> {
  const { db } = rooms.service(keeper);
  const grave = { $set: { at: new Date(0) } };
  await db.raw(tombstones).updateOne({ _id: `User:${userId}` }, grave, { upsert: true });
  const sagaId = newId();
  const said = { sagaId, step: 0, command: 'EraseUserData', undo: false, input: { userId }, deadline: null };
  await rooms.say('users', CommandRequested.of(sagaId, 1, said, keeper));
  const state = async () => (await db.raw(commandRows).findOne({ _id: `${sagaId}:0` }))?.state;
  await expect.poll(state, { timeout: 20_000 }).toBe('DONE');
  const outbox = db.connection.getClient().db(db.name).collection('outbox');
  const answer = await outbox.findOne({ aggregateId: sagaId, eventType: CommandAnswered.type });
  return CommandAnswered.schema.parse(answer?.eventData).reply;
}
