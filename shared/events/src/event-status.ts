import { speakers } from '@mealprep360/contracts/speakers';
import type { Collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import { checkpointId, checkpoints } from './checkpoints.ts';
import { commandRows } from './commands.ts';
import { deadLetters } from './dead-letters.ts';
import type { OutboxRow } from './outbox.ts';
import { sagaRows } from './saga-row.ts';

/** How many there are, and how old the oldest is by the database's clock; null when there is none. */
interface Waiting {
  count: number;
  oldestSeconds: number | null;
}

/** How the events of one service stand. */
export interface EventStatus {
  /** said, and not on the bus yet */
  unsent: Waiting;
  heard: SpeakerStatus[];
  deadLetters: {
    parked: number;
    /** of those parked: written by newer code than this */
    newerVersion: number;
    /** aggregates whose events wait behind one that is parked */
    aggregates: number;
    discarded: number;
  };
  /** by type and state, the open ones; of those that ended only the number */
  sagas: {
    open: (Waiting & { type: string; state: string })[];
    completed: number;
    compensated: number;
  };
  /** what other services' sagas asked for and is not done yet */
  commands: (Waiting & { command: string; state: string })[];
  /** of these commands: how many failed, and are tried again */
  commandsRetried: number;
}

/** How far this service is with one that it hears. */
export interface SpeakerStatus extends Heard {
  /** by partition; `head` is the last number known to be given, `tries` how often what comes next has failed so far */
  partitions: { partition: number; head: number; checkpoint: number; tries: number }[];
}

/** What the reader of a speaker knows in memory. */
export interface Heard {
  speaker: string;
  /** since the owner last told its heads; null: it never did */
  headsSecondsAgo: number | null;
  partitions: { partition: number; head: number; tries: number }[];
  /** event types that no contract here knows, skipped since this process began: how many of each */
  unknown: Record<string, number>;
}

/** Whether a contract tells of this event; one that none tells of is skipped, and counted. */
export const isKnown = (speaker: string, eventType: string): boolean =>
  !(speaker in speakers) || eventType in speakers[speaker as keyof typeof speakers];

export interface StatusSource {
  db: Database;
  outbox: Collection<OutboxRow>;
  heard: readonly Heard[];
  commandsRetried: number;
}

/** Counts by seven commands, each over an index that holds little but what is counted. */
export async function eventStatus({ db, outbox, heard, commandsRetried }: StatusSource): Promise<EventStatus> {
  const [unsent, applied, letters, sagas, commands] = await Promise.all([
    unsentOf(db, outbox),
    db.raw(checkpoints).find().toArray(),
    lettersOf(db),
    sagasOf(db),
    openOf(db, commandRows, 'command', ['WAITING', 'UNDOING']),
  ]);
  const seqs = new Map(applied.map(({ _id, seq }) => [_id, seq]));
  return {
    unsent,
    heard: heard.map(reader => ({
      ...reader,
      partitions: reader.partitions.map(({ partition, head, tries }) => {
        const checkpoint = seqs.get(checkpointId(reader.speaker, partition)) ?? 0;
        return { partition, head: Math.max(head, checkpoint), checkpoint, tries };
      }),
    })),
    deadLetters: letters,
    sagas,
    commands,
    commandsRetried,
  };
}

const oldest = (field: string) => ({ $max: { $divide: [{ $subtract: ['$$NOW', field] }, 1000] } });

async function unsentOf(db: Database, outbox: Collection<OutboxRow>): Promise<Waiting> {
  const [row] = await db
    .raw(outbox)
    .aggregate<Waiting>([
      { $match: { sentAt: null } },
      { $group: { _id: null, count: { $sum: 1 }, oldestSeconds: oldest('$timestamp') } },
      { $project: { _id: 0 } },
    ])
    .toArray();
  return row ?? { count: 0, oldestSeconds: null };
}

async function lettersOf(db: Database): Promise<EventStatus['deadLetters']> {
  const rows = await db
    .raw(deadLetters)
    .aggregate<{ _id: { speaker: string; state: string; aggregateId: string }; count: number; newer: number }>([
      {
        $group: {
          _id: { speaker: '$speaker', state: '$state', aggregateId: '$aggregateId' },
          count: { $sum: 1 },
          newer: { $sum: { $cond: [{ $eq: ['$kind', 'NEWER_VERSION'] }, 1, 0] } },
        },
      },
    ])
    .toArray();
  const parked = rows.filter(({ _id }) => _id.state === 'PARKED');
  const discarded = rows.filter(({ _id }) => _id.state === 'DISCARDED');
  return {
    parked: sum(parked.map(({ count }) => count)),
    newerVersion: sum(parked.map(({ newer }) => newer)),
    aggregates: parked.length,
    discarded: sum(discarded.map(({ count }) => count)),
  };
}

async function sagasOf(db: Database): Promise<EventStatus['sagas']> {
  const rows = db.raw(sagaRows);
  const [open, compensated, all] = await Promise.all([
    openOf(db, sagaRows, 'type', ['RUNNING', 'COMPENSATING']),
    rows.countDocuments({ state: 'COMPENSATED' }),
    // what ended well grows without bound: its number is what the collection tells without counting
    rows.estimatedDocumentCount(),
  ]);
  return { open, compensated, completed: Math.max(0, all - compensated - sum(open.map(({ count }) => count))) };
}

async function openOf<Kind extends string, Row extends Open & Record<Kind, string>>(
  db: Database,
  of: Collection<Row>,
  kind: Kind,
  states: readonly Row['state'][],
): Promise<(Waiting & { state: string } & Record<Kind, string>)[]> {
  return db
    .raw(of)
    .aggregate<Waiting & { state: string } & Record<Kind, string>>([
      { $match: { state: { $in: states } } },
      {
        $group: {
          _id: { [kind]: `$${kind}`, state: '$state' },
          count: { $sum: 1 },
          oldestSeconds: oldest('$createdAt'),
        },
      },
      { $sort: { _id: 1 } },
      { $replaceWith: { $mergeObjects: ['$_id', { count: '$count', oldestSeconds: '$oldestSeconds' }] } },
    ])
    .toArray();
}

interface Open {
  _id: string;
  state: string;
  createdAt: Date;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
