import { UserDeleted } from '@mealprep360/contracts/users';
import { headsOf } from '@mealprep360/events/history';
import type { OutboxRow } from '@mealprep360/events/outbox';
import { at, type Build, type Builder, type ReadModel } from '@mealprep360/events/read-model';
import { isEntombed } from '@mealprep360/events/tombstones';
import type { ClientSession } from 'mongoose';
import { evolve, type User } from './domain/user.ts';
import { projectionsOf, userProjections } from './projections.ts';
import type { UserKeys } from './user-keys.ts';
import { read, userEvents } from './user-store.ts';

/** How many events are read before users are written. */
const PAGE = 1000;

/** The four projections, told again by all events of each user. Who has no key any more was erased. */
export const projectionModel = (keys: UserKeys): ReadModel => ({
  ...userProjections,
  incidental: [],
  builder: build => projectionBuilder(build, keys),
});

function projectionBuilder(build: Build, keys: UserKeys): Builder {
  const { db } = build;
  let heads: number[] | null = null;
  return {
    advance: async snapshot => {
      // read first: what is said meanwhile is read again by the next one
      const next = await headsOf(db, userEvents);
      const ids = heads && (await changedSince(build, heads, snapshot));
      if (ids === null) build.expect(await db.raw(userEvents).countDocuments({ aggregateType: 'User' }));
      if (ids === null || ids.length > 0) await tellAgain(build, keys, ids, snapshot);
      heads = next;
    },
    takeOver: () => Promise.resolve(),
    isGone: id => isEntombed(db, 'User', id),
    isAhead: () => false,
  };
}

/** Whose events were numbered since, or have no number yet. */
async function changedSince({ db }: Build, heads: readonly number[], snapshot?: ClientSession): Promise<string[]> {
  const numbered = heads.map((head, partition) => ({ partition, seq: { $gt: head } }));
  const which = { aggregateType: 'User', $or: [...numbered, { seq: null }] };
  const found = await db
    .raw(userEvents)
    .find(which, { ...at(snapshot), projection: { aggregateId: 1 } })
    .toArray();
  return [...new Set(found.map(({ aggregateId }) => aggregateId))];
}

/** Reads the events of these users, or of all, and writes what they tell. */
async function tellAgain(
  build: Build,
  keys: UserKeys,
  ids: readonly string[] | null,
  snapshot?: ClientSession,
): Promise<void> {
  const whose = ids === null ? {} : { aggregateId: { $in: [...ids] } };
  const events = build.db
    .raw(userEvents)
    .find({ aggregateType: 'User', ...whose }, { ...at(snapshot), batchSize: PAGE })
    .sort({ aggregateType: 1, aggregateId: 1, version: 1 });
  let page: OutboxRow[] = [];
  const write = async (): Promise<void> => {
    await writeUsers(
      build,
      keys,
      Map.groupBy(page, row => row.aggregateId),
      snapshot,
    );
    await build.read(page.length);
    page = [];
  };
  for await (const row of events) {
    // no user is torn in two
    if (page.length >= PAGE && page.at(-1)?.aggregateId !== row.aggregateId) await write();
    page.push(row);
  }
  await write();
}

async function writeUsers(
  { db, target }: Build,
  keys: UserKeys,
  users: ReadonlyMap<string, OutboxRow[]>,
  snapshot?: ClientSession,
): Promise<void> {
  if (users.size === 0) return;
  const keysOf = await keys.findMany(db, [...users.keys()], snapshot);
  const told = [...users].map(([id, rows]) => {
    const user = userOf(rows, keysOf.get(id));
    return { id, projections: user && projectionsOf(id, user) };
  });
  const parts = ['user', 'preferences', 'settings', 'subscription'] as const;
  for (const [index, { name }] of userProjections.collections.entries()) {
    const part = parts[index];
    if (part === undefined) continue;
    const writes = told.map(({ id, projections }) =>
      projections === null
        ? { deleteOne: { filter: { _id: id } } }
        : { replaceOne: { filter: { _id: id }, replacement: { ...projections[part] }, upsert: true } },
    );
    await target(name).bulkWrite(writes, { ordered: false });
  }
}

/** What the events tell; null of somebody who is gone, and of one whose events were written while they were read. */
function userOf(rows: readonly OutboxRow[], key: Buffer | undefined): User | null {
  const isWhole = rows.every((row, index) => row.version === index + 1);
  const isGone = rows.some(row => row.erased || row.eventType === UserDeleted.type);
  if (key === undefined || !isWhole || isGone) return null;
  return rows.map(row => read(row, key)).reduce<User | null>(evolve, null);
}
