import type { DomainEvent, Envelope } from '@mealprep360/contracts/envelope';
import type { Speaker } from '@mealprep360/contracts/speakers';
import { collection, type AnyCollection, type Collection } from '@mealprep360/mongo/collection';
import { Schema } from 'mongoose';
import type { Reactions } from './reactions.ts';
import type { Gated } from './swap-gate.ts';
import { entomb, isEntombed } from './tombstones.ts';
import type { Tx } from './unit-of-work.ts';

/** Data that another service owns, as this one last heard of it. */
export interface CopyRecord<State> {
  _id: string;
  /** the owner's version of the aggregate; 0 while it is awaited */
  version: number;
  /** null while it is awaited: never to be read as empty */
  state: State | null;
  updatedAt: Date;
}

/** What an event of a copy's owner tells of it. */
export type Told<State> = Kept<State> | { id: string; isGone: true };

interface Kept<State = unknown> {
  id: string;
  isGone: false;
  version: number;
  isAgain: boolean;
  state: State;
}

export interface CopyCollection<State, Data = never> extends Collection<CopyRecord<State>> {
  speaker: Speaker;
  /** the type of the aggregate that is copied */
  of: string;
  /** raised when what is copied changes: the copy is then rebuilt from the owner's history */
  revision: number;
  /** the types of event that tell something of it */
  types: readonly string[];
  /** what is kept of an event's data */
  stateOf: (data: Data) => State;
  /** Reads an event by its contract: what it makes of the copy; null when nothing. */
  told: (event: Envelope) => Told<State> | null;
}

/** A copy of any kind, as the platform sees it. */
export type AnyCopy = Omit<CopyCollection<unknown>, 'schema' | 'stateOf'> & AnyCollection;

export interface Copies<State> {
  /** Keeps the state if it is newer than what is there; false when it is not, or when the aggregate is gone for ever. */
  keep: (id: string, version: number, state: State) => Promise<boolean>;
  /** Does what an event of the owner tells: keeps a newer state, or drops the copy. */
  hear: (event: Envelope) => Promise<void>;
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

/** An event's type, aggregate and contract. */
interface Readable<Data> {
  type: string;
  aggregateType: string;
  read: (event: Envelope) => DomainEvent<Data>;
}

interface CopyDeclaration<Data, State> {
  speaker: Speaker;
  revision: number;
  /** the events that carry what is copied, all of them the whole of it */
  from: readonly [Readable<Data>, ...Readable<Data>[]];
  /** the event that says a version once more */
  again?: Readable<Data & { version: number }>;
  state: (data: Data) => State;
}

/**
 * Declares a copy: whose events it is made of, and what of their data is kept.
 *
 *     copyCollection('recipe_copy', { speaker: 'recipes', revision: 1, from: [RecipeCreated, RecipeUpdated], state: r => r })
 *
 * While a raised revision is being rebuilt, rows of the one before are read.
 */
export function copyCollection<Data, State>(
  name: `${string}_copy`,
  { speaker, revision, from, again, state }: CopyDeclaration<Data, State>,
): CopyCollection<State, Data> {
  const of = from[0].aggregateType;
  const declared = collection<CopyRecord<State>>(
    name,
    {
      version: { type: Number, required: true },
      state: Schema.Types.Mixed,
      updatedAt: { type: Date, required: true },
    },
    // a rebuild asks what was written lately
    [[{ updatedAt: 1 }]],
  );
  const told = (event: Envelope): Told<State> | null => {
    const id = event.aggregateId;
    if (event.aggregateType === of && (event.erased || event.eventType === `${of}Deleted`)) return { id, isGone: true };
    if (event.erased) return null;
    if (event.eventType === again?.type) {
      const { eventData } = again.read(event);
      return { id, isGone: false, version: eventData.version, isAgain: true, state: state(eventData) };
    }
    const definition = from.find(({ type }) => type === event.eventType);
    if (definition === undefined) return null;
    return {
      id,
      isGone: false,
      version: event.version,
      isAgain: false,
      state: state(definition.read(event).eventData),
    };
  };
  const types = [...from.map(({ type }) => type), ...(again ? [again.type] : []), `${of}Deleted`];
  return { ...declared, speaker, of, revision, types, stateOf: state, told };
}

export const isCopy = (declared: AnyCollection): declared is AnyCopy => 'told' in declared;

/** A copy as something that a transaction may have to wait for. */
const gated = (declared: Pick<AnyCopy, 'name' | 'revision'>): Gated => ({ ...declared, collections: [declared] });

/** A room's reactions to an aggregate of which it keeps a copy, and does nothing else. */
export const keepsCopy = <State, Data>(declared: CopyCollection<State, Data>): Reactions<Tx> => ({
  speaker: declared.speaker,
  onlyKeeps: true,
  byType: new Map(declared.types.map(type => [type, (event: Envelope, work: Tx) => hearLater(declared, event, work)])),
});

/** Does what an event tells when the transaction gets to it, in one command with what other events tell. */
async function hearLater(declared: AnyCopy, event: Envelope, tx: Tx): Promise<void> {
  const told = declared.told(event);
  if (told === null) return;
  const { id: _id } = told;
  await tx.writing(gated(declared));
  if (told.isGone) {
    tx.entomb(declared.of, _id);
    tx.later(declared, { deleteOne: { filter: { _id } } });
  } else if (!(await tx.isEntombed(declared.of, _id))) {
    tx.later(declared, { updateOne: { filter: { _id }, update: keeping(told), upsert: true } });
  }
}

/** One command, whatever is there. An insert that a rival was faster with fails, and the unit of work tries again. */
function keeping({ version, state, isAgain }: Pick<Kept, 'version' | 'state' | 'isAgain'>) {
  const isNewer = { $lt: [{ $ifNull: ['$version', -1] }, version + (isAgain ? 1 : 0)] };
  const newer = (value: unknown, field: string) => ({ $cond: [isNewer, value, field] });
  const set = {
    version: newer(version, '$version'),
    state: newer({ $literal: state }, '$state'),
    updatedAt: newer('$$NOW', '$updatedAt'),
  };
  return [{ $set: set }];
}

/** The copies of one kind, in the transaction whose `Tx` is given, or outside any with `{ db }`. */
export function copies<State, Data>(
  declared: CopyCollection<State, Data>,
  { db, session, writing, isEntombed: known, entomb: bury }: Pick<Tx, 'db'> & Partial<Tx>,
): Copies<State> {
  const inSession = session ? { session } : {};
  const rows = () => db.raw(declared);
  const isGone = (id: string) => (known ? known(declared.of, id) : isEntombed(db, declared.of, id, session));
  const keep = async (id: string, version: number, state: State, isAgain = false): Promise<boolean> => {
    await writing?.(gated(declared));
    if (await isGone(id)) return false;
    const kept = await rows().updateOne({ _id: id }, keeping({ version, state, isAgain }), {
      ...inSession,
      upsert: true,
    });
    return kept.modifiedCount + kept.upsertedCount > 0;
  };
  const drop = async (id: string): Promise<void> => {
    await writing?.(gated(declared));
    if (bury) bury(declared.of, id);
    else await entomb(db, [{ aggregateType: declared.of, aggregateId: id }], session);
    await rows().deleteOne({ _id: id }, inSession);
  };
  return {
    keep: (id, version, state) => keep(id, version, state),
    hear: async event => {
      const told = declared.told(event);
      if (told === null) return;
      if (told.isGone) await drop(told.id);
      else await keep(told.id, told.version, told.state, told.isAgain);
    },
    await: async id => {
      await writing?.(gated(declared));
      if (await isGone(id)) return;
      const mark = { $setOnInsert: { version: 0, state: null }, $currentDate: { updatedAt: true } } as const;
      await rows().updateOne({ _id: id }, mark, { ...inSession, upsert: true });
    },
    drop,
    get: id => rows().findOne({ _id: id }, inSession),
    getMany: async ids => {
      const found = await rows()
        .find({ _id: { $in: [...ids] } }, inSession)
        .toArray();
      return new Map(found.map(copy => [copy._id, copy]));
    },
  };
}
