import type { Database } from '@mealprep360/mongo/database';
import type { mongo } from 'mongoose';
import { FIRST_REVISION, readModels, type ReadModel, type ReadModelRow, type Rebuild } from './read-model.ts';
import type { Rebuilt } from './rebuild.ts';

// What is known of a rebuild stands in the row of its read model, so that whoever asks any process is told the same,
// and a process that ends in the middle leaves word that something is to be done.

/** Whether a rebuild was asked for, was begun, or has to be. */
export function isDue(model: ReadModel, row: ReadModelRow | undefined): boolean {
  const rebuild = row?.rebuild ?? null;
  if (rebuild?.state === 'WAITING' || rebuild?.state === 'RUNNING') return true;
  const isBehind = (row?.revision ?? FIRST_REVISION) < model.revision;
  // what could not be rebuilt is not tried over and over
  return isBehind && !(rebuild?.state === 'FAILED' && rebuild.revision === model.revision);
}

const nothing = { startedAt: null, finishedAt: null, events: 0, total: 0, comparison: null, paused: null, error: null };

/** Notes that somebody wants it, unless it is wanted already. */
export async function request(db: Database, { name: _id, revision }: ReadModel, by: string): Promise<Rebuild> {
  const rows = db.raw(readModels);
  const start = { revision: FIRST_REVISION, gate: null, rebuild: null };
  await rows.updateOne({ _id }, { $setOnInsert: start }, { upsert: true });
  const isOpen = { $in: ['$rebuild.state', ['WAITING', 'RUNNING']] };
  const asked = { state: 'WAITING', by, revision, isSameRevision: true, ...nothing };
  const wanted = { $cond: [isOpen, '$rebuild', { $literal: asked }] };
  const at = { $ifNull: ['$rebuild.requestedAt', '$$NOW'] };
  const set = [{ $set: { rebuild: wanted } }, { $set: { 'rebuild.requestedAt': at } }];
  const row = await rows.findOneAndUpdate({ _id }, set, { returnDocument: 'after' });
  if (!row?.rebuild) throw new Error(`the rebuild of ${_id} was not noted`);
  return row.rebuild;
}

/** Notes that it is being rebuilt. Answers the revision of what stands there. */
export async function noteBegin(db: Database, { name: _id, revision }: ReadModel): Promise<number> {
  const row = await db.raw(readModels).findOne({ _id });
  const there = row?.revision ?? FIRST_REVISION;
  const open = row?.rebuild?.state === 'WAITING' || row?.rebuild?.state === 'RUNNING' ? row.rebuild : null;
  const isSameRevision = there === revision;
  const facts = { state: 'RUNNING', by: open?.by ?? null, revision, isSameRevision, ...nothing };
  const times = { requestedAt: open?.requestedAt ?? '$$NOW', startedAt: '$$NOW' };
  const set = [{ $set: { revision: there, rebuild: { $literal: facts } } }, { $set: inRebuild(times) }];
  await db.raw(readModels).updateOne({ _id }, set, { upsert: true });
  return there;
}

/** Notes how far it is. */
export const noteProgress = (db: Database, name: string, counts: { events: number; total: number }): Promise<unknown> =>
  db.raw(readModels).updateOne({ _id: name }, { $set: inRebuild(counts) });

/** Notes what stands there now, and lets the writers go on. */
export async function noteSwap(
  db: Database,
  { name: _id, revision }: ReadModel,
  holder: string,
  { comparison, paused, events }: Rebuilt & { events: number },
): Promise<void> {
  const facts = { state: 'DONE', events, total: events, paused, error: null };
  const found = { comparison: { $literal: comparison }, finishedAt: '$$NOW' };
  // somebody who waited for too long may have opened it
  const gate = { $cond: [{ $eq: ['$gate.holder', holder] }, null, '$gate'] };
  const set = { revision, gate, ...inRebuild({ ...facts, ...found }) };
  await db.raw(readModels).updateOne({ _id }, [{ $set: set }]);
}

/** Notes what went wrong, and whether it is the end. */
export async function noteFailure(db: Database, name: string, error: unknown, isLast: boolean): Promise<void> {
  const why = { $literal: error instanceof Error ? error.message : String(error) };
  const set = inRebuild({ error: why, ...(isLast && { state: 'FAILED', finishedAt: '$$NOW' }) });
  await db.raw(readModels).updateOne({ _id: name }, [{ $set: set }]);
}

const inRebuild = (fields: object): mongo.Document =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [`rebuild.${field}`, value as unknown]));
