import type { Envelope } from '@mealprep360/contracts/envelope';
import { checkpointId, checkpoints } from './checkpoints.ts';
import { reached } from './crash-points.ts';
import { deadLetters, eraseLetters, letterOf, onlyWaits, whatFailed, type DeadLetter } from './dead-letters.ts';
import type { Actor, CommitMany, Tx } from './unit-of-work.ts';

/** What a service does with an event; null when it has no ear for it. */
export type HandlerOf = (event: Envelope) => Handler | null;

export interface Handler {
  /** whether it reads nothing that an event before it may have written late */
  onlyKeeps: boolean;
  handle: (tx: Tx) => Promise<void>;
}

/** Another process of this service applied the events first. */
export class CheckpointMoved extends Error {
  constructor(speaker: string, partition: number) {
    super(`the checkpoint of ${speaker}:${partition} is not where it was left`);
    this.name = 'CheckpointMoved';
  }
}

/** Whoever caused an event acts on in what follows from it. */
export const actorOf = (event: Envelope): Actor => ({
  userId: event.userId,
  correlationId: event.correlationId,
  causationId: event.eventId,
  traceparent: event.traceparent,
});

export interface Batch {
  speaker: string;
  partition: number;
  /** consecutive, at least one */
  events: readonly [Envelope, ...Envelope[]];
}

/**
 * Applies consecutive events in one transaction with the checkpoint: all of them, exactly once, or none. Events of an
 * aggregate that is parked are parked behind it. Throws CheckpointMoved when they were applied by somebody else.
 */
export const applyBatch = (commitMany: CommitMany, handlerOf: HandlerOf, batch: Batch): Promise<void> =>
  commitMany(async as => {
    const tx = as(actorOf(batch.events[0]));
    await moveCheckpoint(tx, batch);
    reached('consumer.moved', batch.speaker);
    const heard = batch.events.flatMap(event => {
      const handler = handlerOf(event);
      return handler ? [{ event, handler }] : [];
    });
    await tx.lookForGraves(heard.map(({ event }) => event));
    const parked = await parkedAmong(tx, batch.speaker, new Set(heard.map(({ event }) => event.aggregateId)));
    for (const { event, handler } of heard) {
      // what is erased has nothing left that could be applied in order
      if (parked.has(event.aggregateId) && !event.erased) await parkBehind(tx, batch.speaker, event);
      else await applyOne(event, as(actorOf(event)), handler);
    }
    reached('consumer.written', batch.speaker);
  });

/** Parks an event that cannot be applied, and moves on. */
export const parkPoison = (commitMany: CommitMany, batch: Batch, error: unknown): Promise<void> =>
  commitMany(async as => {
    const tx = as(actorOf(batch.events[0]));
    await moveCheckpoint(tx, batch);
    await park(tx, batch.speaker, batch.events[0], whatFailed(error));
    reached('park.written', batch.speaker);
  });

/** Applies one event: the last one of an aggregate also leaves its tombstone, and an erased one does so only once. */
async function applyOne(event: Envelope, tx: Tx, { onlyKeeps, handle }: Handler): Promise<void> {
  const { aggregateType, aggregateId } = event;
  if (event.erased && (await tx.isEntombed(aggregateType, aggregateId))) return;
  if (event.erased || event.eventType === `${aggregateType}Deleted`) tx.entomb(aggregateType, aggregateId);
  if (event.erased) await eraseLetters(tx, { aggregateType, aggregateId });
  if (!onlyKeeps) await tx.writeNow();
  await handle(tx);
}

async function moveCheckpoint(tx: Tx, { speaker, partition, events }: Batch): Promise<void> {
  const before = events[0].seq - 1;
  const { matchedCount } = await tx.db
    .raw(checkpoints)
    .updateOne(
      { _id: checkpointId(speaker, partition), seq: before },
      { $set: { seq: before + events.length } },
      { session: tx.session },
    );
  if (matchedCount === 0) throw new CheckpointMoved(speaker, partition);
}

async function parkedAmong(tx: Tx, speaker: string, ids: ReadonlySet<string>): Promise<Set<string>> {
  if (ids.size === 0) return new Set();
  const filter = { speaker, state: 'PARKED', aggregateId: { $in: [...ids] } } as const;
  return new Set(await tx.db.raw(deadLetters).distinct('aggregateId', filter, { session: tx.session }));
}

async function park(tx: Tx, speaker: string, event: Envelope, why: Pick<DeadLetter, 'error' | 'kind'>): Promise<void> {
  const { _id, ...letter } = letterOf(speaker, event, why, tx.now);
  await tx.db.raw(deadLetters).replaceOne({ _id }, letter, { upsert: true, session: tx.session });
}

// A redrive that takes the last letter away at the same time sees nothing of this one, which would wait for ever behind
// nobody: now both write to that letter, and one of them starts over.
async function parkBehind(tx: Tx, speaker: string, event: Envelope): Promise<void> {
  const { aggregateId, seq: followedBy } = event;
  const last = { session: tx.session, sort: { seq: -1 } } as const;
  await tx.db
    .raw(deadLetters)
    .findOneAndUpdate({ speaker, state: 'PARKED', aggregateId }, { $set: { followedBy } }, last);
  await park(tx, speaker, event, onlyWaits);
}

/** Applies a parked event and removes its letter; nothing happens when somebody else did so first. */
export const applyLetter = (commitMany: CommitMany, handlerOf: HandlerOf, { _id, event }: DeadLetter): Promise<void> =>
  commitMany(async as => {
    const tx = as(actorOf(event));
    const { deletedCount } = await tx.db.raw(deadLetters).deleteOne({ _id, state: 'PARKED' }, { session: tx.session });
    const handler = handlerOf(event);
    reached('redrive.taken');
    if (deletedCount === 1 && handler) await applyOne(event, tx, handler);
    reached('redrive.written');
  });
