import type { Database } from '@mealprep360/mongo/database';
import type { ClientSession, mongo } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { anyRows, FIRST_REVISION, readModels, targetOf, type ReadModel, type ReadModelRow } from './read-model.ts';

// While a read model is swapped nobody writes to it. Who writes looks at the gate in the same transaction; who swaps
// closes it, waits for the transactions that began before, and has until the gate's end. A gate that was left closed
// is broken by the next writer, who first drops what was built: a swap that comes too late then finds nothing.

/** Something that a writer may have to wait for. */
export type Gated = Pick<ReadModel, 'name' | 'revision'> & { collections: readonly { name: string }[] };

/** What was to be written to is being swapped at the moment. */
export class BeingSwapped extends Error {
  readonly model: Gated;
  constructor(model: Gated) {
    super(`${model.name} is being swapped`);
    this.name = 'BeingSwapped';
    this.model = model;
  }
}

/** What stands there was built by newer code, which this process would write over with what it knows. */
export class Outdated extends Error {
  constructor({ name, revision }: Gated) {
    super(`${name} is of a newer revision than this process's ${revision}`);
    this.name = 'Outdated';
  }
}

/** Lets a transaction write to a read model. Throws BeingSwapped or Outdated. */
export async function mayWrite(db: Database, model: Gated, session?: ClientSession): Promise<void> {
  const row = await db.raw(readModels).findOne({ _id: model.name }, session ? { session } : {});
  if (row?.gate) throw new BeingSwapped(model);
  if ((row?.revision ?? FIRST_REVISION) > model.revision) throw new Outdated(model);
}

/** Resolves when the gate is open; breaks one whose time is over. */
export async function untilOpen(db: Database, model: Gated): Promise<void> {
  for (;;) {
    const [row] = await db
      .raw(readModels)
      .aggregate<ReadModelRow & { isOver: boolean }>([
        { $match: { _id: model.name } },
        { $set: { isOver: { $lte: ['$gate.until', '$$NOW'] } } },
      ])
      .toArray();
    if (!row?.gate) return;
    if (row.isOver) await breakGate(db, model, row.gate.holder);
    else await pause(20);
  }
}

async function breakGate(db: Database, model: Gated, holder: string): Promise<void> {
  for (const { name } of model.collections) await anyRows(db, targetOf(name)).drop();
  await openGate(db, model.name, holder);
}

/** Closes the gate for so many milliseconds by the database's clock; false when it is closed already. */
export async function closeGate(db: Database, name: string, holder: string, milliseconds: number): Promise<boolean> {
  const until = { $add: ['$$NOW', milliseconds] };
  const { modifiedCount } = await db
    .raw(readModels)
    .updateOne({ _id: name, gate: null }, [{ $set: { gate: { holder, until } } }], { writeConcern: { w: 'majority' } });
  return modifiedCount === 1;
}

export async function openGate(db: Database, name: string, holder: string): Promise<void> {
  await db.raw(readModels).updateOne({ _id: name, 'gate.holder': holder }, { $set: { gate: null } });
}

/** Waits until the transactions have ended that are open now; false when one still is after so many milliseconds. */
export async function othersEnded(db: Database, milliseconds: number): Promise<boolean> {
  const began = performance.now();
  const before = new Set<string>();
  // one that wakes or falls idle while the server looks may be overlooked: it looks several times
  for (let look = 0; look < LOOKS; look++) for (const id of await openTransactions(db)) before.add(id);
  while (before.size > 0) {
    if (performance.now() - began > milliseconds) return false;
    await pause(5);
    const open = new Set(await openTransactions(db));
    for (const id of before) if (!open.has(id)) before.delete(id);
  }
  return true;
}

const LOOKS = 3;

/** The open transactions of one's own database user, which everybody may see. */
async function openTransactions(db: Database): Promise<string[]> {
  const found = await db.connection
    .getClient()
    .db('admin')
    .aggregate<{ lsid: { id: mongo.Binary }; transaction: { parameters: { txnNumber: number } } }>(
      [
        { $currentOp: { allUsers: false, idleSessions: true } },
        { $match: { 'transaction.parameters.autocommit': false } },
        { $project: { 'lsid.id': 1, 'transaction.parameters.txnNumber': 1 } },
      ],
      { readConcern: { level: 'local' }, readPreference: 'primary' },
    )
    .toArray();
  return found.map(({ lsid, transaction }) => `${lsid.id.toString('hex')}:${transaction.parameters.txnNumber}`);
}
