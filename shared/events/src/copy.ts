import { collection, type Collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { Schema, type ClientSession } from 'mongoose';
import { entomb, isEntombed } from './tombstones.ts';

/** Data that another service owns, as this one last heard of it. */
export interface CopyRecord<State> {
  _id: string;
  /** the owner's version of the aggregate; 0 while it is awaited */
  version: number;
  /** null while it is awaited: never to be read as empty */
  state: State | null;
  updatedAt: Date;
}

export interface CopyCollection<State> extends Collection<CopyRecord<State>> {
  /** the type of the aggregate that is copied */
  of: string;
  /** raised when what is copied changes: the copy is then rebuilt from the owner's history */
  revision: number;
}

export interface Copies<State> {
  /** Keeps the state if it is newer than what is there; false when it is not, or when the aggregate is gone for ever. */
  keep: (id: string, version: number, state: State) => Promise<boolean>;
  /**
   * Leaves a mark that somebody waits for this copy, so that a transaction which did not find it and the event which
   * brings it cannot both commit unseen by each other.
   */
  await: (id: string) => Promise<void>;
  /** Removes the copy and entombs the aggregate. */
  drop: (id: string) => Promise<void>;
  get: (id: string) => Promise<CopyRecord<State> | null>;
  /** The copies that are there, by id. */
  getMany: (ids: readonly string[]) => Promise<Map<string, CopyRecord<State>>>;
}

/** Declares a copy: `copyCollection<RecipeState>('recipe_copy', { of: 'Recipe', revision: 1 })`. */
export function copyCollection<State>(
  name: `${string}_copy`,
  { of, revision }: { of: string; revision: number },
): CopyCollection<State> {
  const declared = collection<CopyRecord<State>>(name, {
    version: { type: Number, required: true },
    state: Schema.Types.Mixed,
    updatedAt: { type: Date, required: true },
  });
  return { ...declared, of, revision };
}

/** The copies of one kind, in the transaction whose `Tx` is given, or outside any with `{ db }`. */
export function copies<State>(
  declared: CopyCollection<State>,
  { db, session }: { db: Database; session?: ClientSession },
): Copies<State> {
  const inSession = session ? { session } : {};
  const rows = () => db.raw(declared);
  const isGone = (id: string) => isEntombed(db, declared.of, id, session);
  return {
    keep: async (id, version, state) => {
      if (await isGone(id)) return false;
      const there = await rows().findOne({ _id: id }, { ...inSession, projection: { version: 1 } });
      if (there && there.version >= version) return false;
      // an insert that a rival was faster with is a duplicate key, and the unit of work tries again
      const set = { $set: { version, state }, $currentDate: { updatedAt: true } } as const;
      await rows().updateOne({ _id: id, version: { $lt: version } }, set, { ...inSession, upsert: true });
      return true;
    },
    await: async id => {
      if (await isGone(id)) return;
      const mark = { $setOnInsert: { version: 0, state: null }, $currentDate: { updatedAt: true } } as const;
      await rows().updateOne({ _id: id }, mark, { ...inSession, upsert: true });
    },
    drop: async id => {
      await entomb(db, [{ aggregateType: declared.of, aggregateId: id }], new Date(), session);
      await rows().deleteOne({ _id: id }, inSession);
    },
    get: id => rows().findOne({ _id: id }, inSession),
    getMany: async ids => {
      const found = await rows()
        .find({ _id: { $in: [...ids] } }, inSession)
        .toArray();
      return new Map(found.map(copy => [copy._id, copy]));
    },
  };
}
