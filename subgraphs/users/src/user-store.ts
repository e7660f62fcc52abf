import { UserCreated, UserUpdated } from '@mealprep360/contracts/users';
import { outboxCollection, type OutboxRow } from '@mealprep360/events/outbox';
import type { Work } from './context.ts';
import { evolve, given, personal, shared, type User, type UserEvent } from './domain/user.ts';
import { seal, unseal } from './sealing.ts';

/** The room's outbox, and the one place where users are: what is read of them are projections of it. */
export const userEvents = outboxCollection('user_events');

const TYPE = 'User';

// The place of an event in its user's life is part of what is signed: a sealed part fits its own event only.
const purpose = (userId: string, version: number) => `event ${version} of user ${userId}`;

/** Says what happened to a user: preferences and settings in clear for the other services, the rest sealed. */
export function append(work: Work, key: Buffer, userId: string, version: number, event: UserEvent): void {
  const definition = event.type === 'UserCreated' ? UserCreated : UserUpdated;
  const sealed = seal(key, Buffer.from(JSON.stringify(event.personal)), purpose(userId, version));
  work.emit(definition.of(userId, version, { id: userId, ...event.shared }), { sealed });
}

/**
 * A user as its events tell; null when there are none, or the user was erased. `from` is where a fold begins: a
 * snapshot, or nobody.
 */
export async function load(work: Work, key: Buffer, userId: string, from: User | null = null): Promise<User | null> {
  const rows = await work.db
    .raw(userEvents)
    .find({ aggregateType: TYPE, aggregateId: userId, version: { $gt: from?.version ?? 0 } }, { session: work.session })
    .sort({ version: 1 })
    .toArray();
  if (rows.some(row => row.erased)) return null;
  return rows.map(row => read(row, key)).reduce<User | null>(evolve, from);
}

/** An event as the domain knows it, of the row that it is kept in. */
export function read(row: OutboxRow, key: Buffer): UserEvent {
  const open = (): unknown => {
    if (row.sealed === undefined) throw new Error(`event ${row._id} has lost its personal part`);
    return JSON.parse(unseal(key, row.sealed, purpose(row.aggregateId, row.version)).toString());
  };
  // a row that the relay has not numbered yet reads like any other
  const envelope = { ...row, eventId: row._id, seq: row.seq ?? 1 };
  if (row.eventType === UserCreated.type) {
    const data = shared.parse(UserCreated.read(envelope).eventData);
    return { type: 'UserCreated', at: row.timestamp, shared: data, personal: personal.parse(open()) };
  }
  const data = shared.parse(UserUpdated.read(envelope).eventData);
  return { type: 'UserUpdated', at: row.timestamp, shared: data, personal: given(personal.partial().parse(open())) };
}
