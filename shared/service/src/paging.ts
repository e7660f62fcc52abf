import DataLoader from 'dataloader';
import { mongo, type ClientSession, type Model, type PipelineStage } from 'mongoose';
import { fault } from './fault.ts';

export interface PageArgs {
  first: number;
  after?: string | null | undefined;
}

export interface Page<Record> {
  edges: { cursor: string; node: Record }[];
  nodes: Record[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  /** how many there are in all; counted only when asked for */
  totalCount: () => Promise<number>;
}

export type SortKey = readonly [field: string, direction: 1 | -1];
type Match = PipelineStage.Match['$match'];

/** A list that is read a page at a time. The last sort key is unique, so that a cursor names one place. */
export interface Listing<Record> {
  model: Model<Record>;
  match: Match;
  sort: readonly SortKey[];
  /**
   * fields that no document holds, as aggregation expressions: `{ _score: { $meta: 'textScore' } }`. The record has
   * them, unless they begin with an underscore: those are sort keys only
   */
  computed?: { [field: string]: unknown };
  session?: ClientSession | undefined;
}

export const MAX_PAGE = 100;

/** One page, of records as stored or, with `computed`, as read. Throws a Fault INVALID_FIRST (1 to `max`) or INVALID_CURSOR. Costs one command, and one more for totalCount. */
export async function page<Stored, Read = Stored>(
  listing: Listing<Stored>,
  args: PageArgs,
  max = MAX_PAGE,
): Promise<Page<Read>> {
  const start = opened(listing, args, max);
  const rows = await listing.model
    .aggregate<Row>([...start, { $sort: Object.fromEntries(listing.sort) }, { $limit: args.first + 1 }])
    .session(listing.session ?? null);
  return pageOf(listing.sort, args, rows, () => count(listing));
}

/** `parent` is the field that names the parent; `unwind` where it is a list, so that a record has several parents. */
export interface ParentListing<Record> extends Listing<Record> {
  parent: string;
  unwind?: boolean;
}

/** Pages for many parents at once: a field that stands in a list costs one command, however long the list is. */
export interface ConnectionLoader<Record> {
  load: (parentId: string, args: PageArgs) => Promise<Page<Record>>;
}

/** One command per distinct set of arguments, one more for the counts. */
export function connectionLoader<Stored, Read = Stored>(
  listing: ParentListing<Stored>,
  max = MAX_PAGE,
): ConnectionLoader<Read> {
  const counts = new DataLoader<string, number>(ids => countByParent(listing, ids));
  const byArgs = new Map<string, DataLoader<string, Page<Read>>>();
  const pagesFor = (args: PageArgs) =>
    new DataLoader<string, Page<Read>>(async ids => {
      const rows = Map.groupBy(await rowsByParent(listing, ids, args, max), row => String(row._parent));
      return ids.map(id => pageOf(listing.sort, args, rows.get(id) ?? [], () => counts.load(id)));
    });
  return {
    load: (parentId, args) => {
      const key = JSON.stringify([args.first, args.after ?? null]);
      const pages = byArgs.get(key) ?? pagesFor(args);
      byArgs.set(key, pages);
      return pages.load(parentId);
    },
  };
}

interface Row {
  [field: string]: unknown;
}

async function rowsByParent<Record>(
  listing: ParentListing<Record>,
  ids: readonly string[],
  args: PageArgs,
  max: number,
): Promise<Row[]> {
  return listing.model
    .aggregate<Row>([
      ...ofParents(listing, ids),
      ...opened(listing, args, max),
      {
        $setWindowFields: {
          partitionBy: '$_parent',
          sortBy: Object.fromEntries(listing.sort),
          output: { _rank: { $sum: 1, window: { documents: ['unbounded', 'current'] } } },
        },
      },
      { $match: { _rank: { $lte: args.first + 1 } } },
      { $unset: '_rank' },
      { $sort: Object.fromEntries(listing.sort) },
    ])
    .session(listing.session ?? null);
}

async function count<Record>(listing: Listing<Record>): Promise<number> {
  const [row] = await listing.model
    .aggregate<{ count: number }>([{ $match: listing.match }, { $count: 'count' }])
    .session(listing.session ?? null);
  return row?.count ?? 0;
}

async function countByParent<Record>(listing: ParentListing<Record>, ids: readonly string[]) {
  const rows = await listing.model
    .aggregate<{ _id: string; count: number }>([
      ...ofParents(listing, ids),
      { $match: listing.match },
      { $group: { _id: '$_parent', count: { $sum: 1 } } },
    ])
    .session(listing.session ?? null);
  const counts = new Map(rows.map(row => [row._id, row.count]));
  return ids.map(id => counts.get(id) ?? 0);
}

function ofParents<Record>(listing: ParentListing<Record>, ids: readonly string[]): PipelineStage[] {
  return [
    { $match: { [listing.parent]: { $in: [...ids] } } },
    { $addFields: { _parent: `$${listing.parent}` } },
    // After unwinding, the parents that were not asked for go.
    ...(listing.unwind === true ? [{ $unwind: '$_parent' }, { $match: { _parent: { $in: [...ids] } } }] : []),
  ];
}

function opened<Record>(listing: Listing<Record>, args: PageArgs, max: number): PipelineStage[] {
  if (!Number.isInteger(args.first) || args.first < 1 || args.first > max) {
    throw fault('INVALID_FIRST', `first is a number from 1 to ${max}, not ${args.first}.`, ['first']);
  }
  const after = args.after ? [{ $match: behind(listing.sort, readCursor(args.after, listing.sort.length)) }] : [];
  const computed = listing.computed ? [{ $addFields: listing.computed }] : [];
  return [{ $match: listing.match }, ...computed, ...after];
}

/** All places behind the one whose sort values are given, in the order of the sort keys. */
const behind = (sort: readonly SortKey[], values: readonly unknown[]): Match => ({
  $or: sort.map(([field, direction], index) => ({
    ...Object.fromEntries(sort.slice(0, index).map(([earlier], i) => [earlier, values[i]])),
    [field]: { [direction === 1 ? '$gt' : '$lt']: values[index] },
  })),
});

function pageOf<Record>(
  sort: readonly SortKey[],
  args: PageArgs,
  rows: readonly Row[],
  totalCount: () => Promise<number>,
): Page<Record> {
  const edges = rows.slice(0, args.first).map(row => ({
    cursor: writeCursor(sort.map(([field]) => row[field])),
    node: Object.fromEntries(Object.entries(row).filter(([field]) => isShown(field))) as Record,
  }));
  return {
    edges,
    nodes: edges.map(edge => edge.node),
    pageInfo: {
      hasNextPage: rows.length > args.first,
      hasPreviousPage: Boolean(args.after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}

const isShown = (field: string): boolean => field === '_id' || !field.startsWith('_');

const { EJSON } = mongo.BSON;

const writeCursor = (values: readonly unknown[]): string => Buffer.from(EJSON.stringify(values)).toString('base64url');

// A cursor comes from outside: only plain values may pass into a query, never an object with operators.
function readCursor(cursor: string, length: number): unknown[] {
  try {
    const values: unknown = EJSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(values) && values.length === length && values.every(isPlain)) return values;
  } catch {
    // falls through to the one answer for all cursors that cannot be read
  }
  throw fault('INVALID_CURSOR', 'after is not a cursor of this list; take one from pageInfo or an edge.', ['after']);
}

const isPlain = (value: unknown): boolean =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date;
