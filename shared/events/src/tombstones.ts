import { collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import type { ClientSession } from 'mongoose';

interface Tombstone {
  /** `<aggregate type>:<aggregate id>` */
  _id: string;
  at: Date;
}

/** Aggregates that are gone for ever, so that nothing late brings them back. */
export const tombstones = collection<Tombstone>('tombstones', { at: { type: Date, required: true } });

const key = (aggregateType: string, aggregateId: string): string => `${aggregateType}:${aggregateId}`;

/** Whether the aggregate was deleted or erased, as far as this service has heard. */
export async function isEntombed(
  db: Database,
  aggregateType: string,
  aggregateId: string,
  session?: ClientSession,
): Promise<boolean> {
  return (await entombedAt(db, aggregateType, aggregateId, session)) !== null;
}

/** When the aggregate was deleted or erased, as far as this service has heard; null when it was not. */
export async function entombedAt(
  db: Database,
  aggregateType: string,
  aggregateId: string,
  session?: ClientSession,
): Promise<Date | null> {
  const found = await db.raw(tombstones).findOne({ _id: key(aggregateType, aggregateId) }, session ? { session } : {});
  return found?.at ?? null;
}

/** Writes the aggregates' tombstones, by the database's clock; one that stands already stays as it is. */
export async function entomb(
  db: Database,
  aggregates: readonly { aggregateType: string; aggregateId: string }[],
  session?: ClientSession,
): Promise<void> {
  for (const { aggregateType, aggregateId } of aggregates) {
    const _id = key(aggregateType, aggregateId);
    const stays = [{ $set: { at: { $ifNull: ['$at', '$$NOW'] } } }];
    await db.raw(tombstones).updateOne({ _id }, stays, { upsert: true, ...(session && { session }) });
  }
}

/** Those of these aggregates that are gone for ever. */
export async function entombedAmong(
  db: Database,
  aggregateType: string,
  ids: readonly string[],
  session?: ClientSession,
): Promise<Set<string>> {
  const keys = ids.map(id => key(aggregateType, id));
  const found = await db
    .raw(tombstones)
    .find({ _id: { $in: keys } }, session ? { session } : {})
    .toArray();
  return new Set(found.map(({ _id }) => _id.slice(aggregateType.length + 1)));
}

/** The aggregates of a type that are gone since then. */
export async function entombedSince(db: Database, aggregateType: string, since: Date): Promise<string[]> {
  const ofType = { $gte: `${aggregateType}:`, $lt: `${aggregateType};` };
  const found = await db
    .raw(tombstones)
    .find({ _id: ofType, at: { $gte: since } })
    .toArray();
  return found.map(({ _id }) => _id.slice(aggregateType.length + 1));
}
