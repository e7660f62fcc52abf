import { collection, type AnyCollection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { Schema, type ClientSession, type mongo } from 'mongoose';
import type { Ask } from './history.ts';

/** Collections that can be made anew from history while they are read: a copy, or the projections of an aggregate. */
export interface ReadModel {
  name: string;
  /** raised when the same events become something else: it is then rebuilt at the next start */
  revision: number;
  /** swapped one after the other, while nobody writes to any of them */
  collections: readonly AnyCollection[];
  /** fields of a row that tell nothing of the events behind it */
  incidental: readonly string[];
  builder: (build: Build) => Builder;
}

/** What a builder works with. */
export interface Build {
  db: Database;
  ask: Ask;
  /** the collection that is built beside the live one of this name */
  target: (live: string) => mongo.Collection<AnyRow>;
  /** Tells how many events more were read; throws when the rebuild is to end. */
  read: (events: number) => Promise<void>;
  /** Tells how many more there are to be read. */
  expect: (events: number) => void;
}

export interface AnyRow extends mongo.Document {
  _id: string;
}

/** Makes a read model anew, step by step. */
export interface Builder {
  /** Brings what is built to where the live one stands; where it stood at the snapshot when a session of one is given. */
  advance: (at?: ClientSession) => Promise<void>;
  /** Takes over what no event tells yet, of these rows and of what was written since. Called while nobody writes. */
  takeOver: (from: { ahead: readonly string[]; since: Date; isSameRevision: boolean }) => Promise<void>;
  /** Whether an aggregate is gone for ever, so that one side may have it no more. */
  isGone: (id: string) => Promise<boolean>;
  /** Whether a live row tells of what the history behind the rebuilt one does not know yet. */
  isAhead: (live: AnyRow, rebuilt: AnyRow | null, lately: Date) => boolean;
}

/** What a comparison of the rebuilt with the live one found: rows, of the same history. */
export interface Comparison {
  rows: number;
  liveHash: string;
  rebuiltHash: string;
  /** in the rebuilt one only */
  missing: number;
  /** in the live one only */
  extra: number;
  different: number;
  /** some of the ids that differ */
  examples: string[];
}

/** A rebuild, as whoever asked for it follows it. */
export interface Rebuild {
  state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';
  /** the person who asked for it; null when the revision did */
  by: string | null;
  requestedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** the one that it makes */
  revision: number;
  /** events read so far, and how many there are as far as is known */
  events: number;
  total: number;
  /** what differs is a defect that the rebuild mended, where this is true */
  isSameRevision: boolean;
  comparison: Comparison | null;
  /** for how long nobody could write, in milliseconds */
  paused: number | null;
  error: string | null;
}

export interface ReadModelRow {
  _id: string;
  /** of what stands there now */
  revision: number;
  /** while it is swapped: nobody writes until then */
  gate: { holder: string; until: Date } | null;
  rebuild: Rebuild | null;
}

/** How each read model stands; one that was never rebuilt has no row, or one without a rebuild. */
export const readModels = collection<ReadModelRow>('read_models', {
  revision: { type: Number, required: true },
  gate: Schema.Types.Mixed,
  rebuild: Schema.Types.Mixed,
});

/** What stands there before anything was noted. */
export const FIRST_REVISION = 1;

/** The name under which a collection is built. */
export const targetOf = (live: string): string => `${live}__rebuild`;

/** Options of a read at a snapshot, or of now. */
export const at = (session: ClientSession | undefined) =>
  session ? ({ session, readConcern: { level: 'snapshot' } } as const) : {};

/** The rows of any collection. */
export const anyRows = (db: Database, name: string): mongo.Collection<AnyRow> => db.raw(collection<AnyRow>(name, {}));
