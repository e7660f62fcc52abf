import { PARTITIONS, type Envelope } from '@mealprep360/contracts/envelope';
import type { Database } from '@mealprep360/mongo/database';
import type { ClientSession, mongo } from 'mongoose';
import { checkpointId, checkpoints } from './checkpoints.ts';
import type { AnyCopy } from './copy.ts';
import { deadLetters } from './dead-letters.ts';
import { askHistory } from './history.ts';
import { anyRows, at, type AnyRow, type Build, type Builder, type ReadModel } from './read-model.ts';
import { entombedAmong, entombedSince, isEntombed } from './tombstones.ts';

/** A copy, rebuilt from its owner's history by what its reactions go by; nothing else that they do is done again. */
export const copyModel = (copy: AnyCopy): ReadModel => ({
  name: copy.name,
  revision: copy.revision,
  collections: [copy],
  incidental: ['updatedAt'],
  builder: build => copyBuilder(copy, build),
});

function copyBuilder(copy: AnyCopy, build: Build): Builder {
  const { db } = build;
  const positions = Array.from({ length: PARTITIONS }, () => 0);
  /** events that were put aside, and what they would tell if they were applied after all */
  const passedOver = new Map<string, Envelope>();
  const target = () => build.target(copy.name);
  return {
    advance: async session => {
      const ends = await positionsOf(db, copy.speaker, session);
      const aside = await lettersOf(db, copy.speaker, session);
      build.expect(sum(ends.map(({ end }) => end)) - sum(positions));
      await Promise.all(ends.map(partition => walk(copy, build, { ...partition, positions, aside, passedOver })));
      for (const [id, event] of [...passedOver].sort(([, one], [, other]) => one.seq - other.seq)) {
        if (aside.has(id)) continue;
        await applyAll(copy, db, target(), [event]);
        passedOver.delete(id);
      }
    },
    takeOver: async ({ ahead, since, isSameRevision }) => {
      const maybe = { $or: [{ _id: { $in: [...ahead] } }, { updatedAt: { $gte: since } }] };
      // most of them are no news: only of those that are is more needed than this
      const seen = { projection: { version: 1, updatedAt: 1 } };
      const live = await anyRows(db, copy.name).find(maybe, seen).toArray();
      const there = await versionsOf(
        target(),
        live.map(row => row._id),
      );
      // what is kept of it has changed with the revision: whoever needs it before its event comes asks again
      const wanted = live.filter(row => row.version === 0 || isSameRevision);
      const missed = wanted.filter(row => isAhead(row, there.get(row._id) ?? null, since)).map(row => row._id);
      const rows = await anyRows(db, copy.name)
        .find({ _id: { $in: missed } })
        .toArray();
      const writes = rows.map(row => ({ replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } }));
      if (writes.length > 0) await target().bulkWrite(writes, { ordered: false });
      await target().deleteMany({ _id: { $in: await entombedSince(db, copy.of, since) } });
    },
    isGone: id => isEntombed(db, copy.of, id),
    isAhead,
  };
}

/** Awaited, or asked of its owner before the event that tells it came. */
function isAhead(live: AnyRow, rebuilt: AnyRow | null, lately: Date): boolean {
  if (live.version === 0) return rebuilt === null;
  return rebuilt === null ? live.updatedAt >= lately : live.version > rebuilt.version;
}

interface Walk {
  partition: number;
  /** the number of the last event that the live copy has applied */
  end: number;
  /** of the last events read, by partition */
  positions: number[];
  aside: ReadonlySet<string>;
  passedOver: Map<string, Envelope>;
}

/** Reads a partition of the owner's history up to where the live copy is. */
async function walk(copy: AnyCopy, { db, ask, target, read }: Build, way: Walk): Promise<void> {
  const { partition, end, positions, aside, passedOver } = way;
  for (let from = (positions[partition] ?? 0) + 1; from <= end; from = (positions[partition] ?? 0) + 1) {
    const events = await askHistory(ask, copy.speaker, { partition, from, limit: end - from + 1 });
    const last = events.at(-1);
    if (last === undefined || events[0]?.seq !== from) throw new Error(`event ${from} is not in the owner's history`);
    for (const event of events) if (aside.has(event.eventId)) passedOver.set(event.eventId, event);
    const applied = events.filter(event => !aside.has(event.eventId));
    await applyAll(copy, db, target(copy.name), applied);
    positions[partition] = last.seq;
    await read(events.length);
  }
}

/** Applies events: of each aggregate the newest is enough, since each tells the whole state. */
async function applyAll(
  copy: AnyCopy,
  db: Database,
  rows: mongo.Collection<AnyRow>,
  events: readonly Envelope[],
): Promise<void> {
  const newest = new Map<string, Envelope>();
  for (const event of events) {
    if (copy.types.includes(event.eventType) || event.erased) newest.set(event.aggregateId, event);
  }
  if (newest.size === 0) return;
  const ids = [...newest.keys()];
  const gone = await entombedAmong(db, copy.of, ids);
  const there = await versionsOf(rows, ids);
  const writes = [...newest.values()].flatMap((event): mongo.AnyBulkWriteOperation<AnyRow>[] => {
    const told = copy.told(event);
    if (told === null) return [];
    const { id: _id } = told;
    if (told.isGone || gone.has(_id)) return [{ deleteOne: { filter: { _id } } }];
    if (Number(there.get(_id)?.version ?? 0) >= told.version) return [];
    const replacement = { version: told.version, state: told.state, updatedAt: event.timestamp };
    // nobody else writes here, so what is not there now can only be new
    if (!there.has(_id)) return [{ insertOne: { document: { _id, ...replacement } } }];
    return [{ replaceOne: { filter: { _id }, replacement, upsert: true } }];
  });
  if (writes.length > 0) await rows.bulkWrite(writes, { ordered: false });
}

async function versionsOf(rows: mongo.Collection<AnyRow>, ids: string[]): Promise<Map<string, AnyRow>> {
  const found = await rows.find({ _id: { $in: ids } }, { projection: { version: 1 } }).toArray();
  return new Map(found.map(row => [row._id, row]));
}

/** How far the live copy is, by partition. */
async function positionsOf(db: Database, speaker: string, session?: ClientSession) {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  const ids = partitions.map(partition => checkpointId(speaker, partition));
  const found = await db
    .raw(checkpoints)
    .find({ _id: { $in: ids } }, at(session))
    .toArray();
  const seqs = new Map(found.map(({ _id, seq }) => [_id, seq]));
  return partitions.map(partition => ({ partition, end: seqs.get(checkpointId(speaker, partition)) ?? 0 }));
}

/** What was put aside, given up or not: the live copy has not applied it. */
async function lettersOf(db: Database, speaker: string, session?: ClientSession): Promise<Set<string>> {
  const found = await db
    .raw(deadLetters)
    .find({ speaker }, { ...at(session), projection: { _id: 1 } })
    .toArray();
  return new Set(found.map(({ _id }) => _id));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
