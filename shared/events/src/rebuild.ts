import type { Database } from '@mealprep360/mongo/database';
import { mongo } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { compare } from './compare.ts';
import { reached } from './crash-points.ts';
import type { Ask } from './history.ts';
import { anyRows, targetOf, type Builder, type Comparison, type ReadModel } from './read-model.ts';
import { closeGate, openGate, othersEnded } from './swap-gate.ts';
import { databaseClock } from './unit-of-work.ts';

/** For at most so many milliseconds nobody can write to what is swapped. */
const PAUSE = 1000;
/** Of these so many are left for the swap itself. */
const RESERVE = 150;
/** So often it is tried to keep within that, before all begins anew. */
const SWAPS = 20;
/** A transaction may take 10 s: what was written before is committed so much later, or never. */
const SETTLED = 12_000;

export interface RebuildWork {
  db: Database;
  ask: Ask;
  /** of what is live now */
  liveRevision: number;
  /** Tells how many events more were read; throws when the rebuild is to end. */
  read: (events: number) => Promise<void>;
  expect: (events: number) => void;
}

export interface Rebuilt {
  comparison: Comparison;
  /** for how long nobody could write, in milliseconds */
  paused: number;
}

/** It took too long while nobody could write, so they go on, and it is to be tried again. */
class PauseTooLong extends Error {
  constructor(name: string, what: string) {
    super(`${name} was not swapped within ${PAUSE} ms: ${what}`);
    this.name = 'PauseTooLong';
  }
}

/**
 * Makes a read model anew beside the live one, compares the two at one snapshot, and swaps them. Readers never wait;
 * writers do while the swap lasts, until `swapped` has noted what now stands there and opened the gate of that holder.
 * Ended anywhere, it leaves one of the two whole in its place.
 */
export async function rebuild(
  model: ReadModel,
  work: RebuildWork,
  swapped: (holder: string, rebuilt: Rebuilt) => Promise<void>,
): Promise<Rebuilt> {
  const { db } = work;
  await makeTargets(db, model);
  let isSwapped = false;
  const target = (live: string) => anyRows(db, isSwapped ? live : targetOf(live));
  const builder = model.builder({ ...work, target });
  await builder.advance();
  reached('rebuild.filled', model.name);
  const lately = new Date((await databaseClock(db)).getTime() - SETTLED);
  const { comparison, ahead } = await compared(db, model, builder, lately);
  reached('rebuild.compared', model.name);
  const built = await uuidsOf(db, model);
  const from = { ahead, since: lately, isSameRevision: work.liveRevision === model.revision };
  for (let attempt = 1; ; attempt++) {
    // so that little is left to be done while nobody can write
    await builder.advance();
    try {
      const finish = () => (isSwapped = true);
      return await swapAll(db, model, { builder, built, from, comparison, finish, swapped });
    } catch (error) {
      if (!(error instanceof PauseTooLong) || attempt === SWAPS) throw error;
      await pause(Math.random() * 100 * attempt);
    }
  }
}

interface Swap {
  builder: Builder;
  /** what was built, by the name of the live collection */
  built: ReadonlyMap<string, string>;
  from: Parameters<Builder['takeOver']>[0];
  comparison: Comparison;
  finish: () => void;
  swapped: (holder: string, rebuilt: Rebuilt) => Promise<void>;
}

/** Brings what was built to where the live one stands, and puts it in its place, while nobody writes. */
async function swapAll(db: Database, model: ReadModel, swap: Swap): Promise<Rebuilt> {
  const { name, collections } = model;
  const holder = randomUUID();
  const began = performance.now();
  const left = () => PAUSE - RESERVE - (performance.now() - began);
  if (!(await closeGate(db, name, holder, PAUSE))) throw new PauseTooLong(name, 'another swap is under way');
  try {
    reached('rebuild.paused', name);
    if (!(await othersEnded(db, left()))) throw new PauseTooLong(name, 'a transaction does not end');
    await swap.builder.advance();
    await swap.builder.takeOver(swap.from);
    reached('rebuild.caught-up', name);
    for (const live of collections) await rename(db, live.name, swap.built, left);
    reached('rebuild.swapped', name);
    swap.finish();
    // whatever was overlooked while the others were waited for
    await swap.builder.advance();
    const rebuilt = { comparison: swap.comparison, paused: Math.round(performance.now() - began) };
    await swap.swapped(holder, rebuilt);
    return rebuilt;
  } catch (error) {
    await openGate(db, name, holder);
    throw error;
  }
}

/** Empty collections with the indexes of the live ones. */
async function makeTargets(db: Database, { collections }: ReadModel): Promise<void> {
  for (const { name } of collections) {
    const target = anyRows(db, targetOf(name));
    await target.drop();
    await db.connection.getClient().db(db.name).createCollection(targetOf(name));
    const indexes = (await anyRows(db, name).indexes()).filter(index => index.name !== '_id_');
    if (indexes.length > 0) await target.createIndexes(indexes.map(({ v: _, ...index }) => index as never));
  }
}

/** Removes what was built and not swapped. */
export async function dropTargets(db: Database, { collections }: ReadModel): Promise<void> {
  for (const { name } of collections) await anyRows(db, targetOf(name)).drop();
}

async function compared(db: Database, model: ReadModel, builder: Builder, lately: Date) {
  const snapshot = db.connection.getClient().startSession({ snapshot: true });
  try {
    await builder.advance(snapshot);
    return await compare(db, model, builder, { snapshot, lately });
  } finally {
    await snapshot.endSession();
  }
}

/**
 * Puts what was built in the place of the live collection. It is another one than was built when the gate was broken
 * meanwhile; readers wait for nothing that does not end at once.
 */
async function rename(
  db: Database,
  name: string,
  built: ReadonlyMap<string, string>,
  left: () => number,
): Promise<void> {
  const own = db.connection.getClient().db(db.name);
  const [found] = await own.listCollections({ name: targetOf(name) }).toArray();
  if (found === undefined || uuidOf(found) !== built.get(name)) throw new Error(`somebody broke the gate of ${name}`);
  const maxTimeMS = Math.round(left());
  if (maxTimeMS < 1) throw new PauseTooLong(name, 'what was still to be applied took its time');
  try {
    await own.renameCollection(targetOf(name), name, { dropTarget: true, maxTimeMS });
  } catch (error) {
    const isLate = error instanceof mongo.MongoServerError && error.codeName === 'MaxTimeMSExpired';
    throw isLate ? new PauseTooLong(name, 'a reader does not end') : error;
  }
}

async function uuidsOf(db: Database, { collections }: ReadModel): Promise<Map<string, string>> {
  const own = db.connection.getClient().db(db.name);
  const names = new Map(collections.map(({ name }) => [targetOf(name), name]));
  const found = await own.listCollections({ name: { $in: [...names.keys()] } }).toArray();
  return new Map(found.map(one => [names.get(one.name) ?? '', uuidOf(one)]));
}

const uuidOf = (found: object): string => String((found as { info?: { uuid?: unknown } }).info?.uuid);
