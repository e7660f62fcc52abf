import type { Envelope } from '@mealprep360/contracts/envelope';
import { collection } from '@mealprep360/mongo/collection';
import { newId } from '@mealprep360/mongo/id';
import type { HandlerOf } from './apply.ts';
import type { Tx } from './unit-of-work.ts';

interface AppliedEvent {
  _id: string;
  eventId: string;
  speaker: string;
  at: Date;
}

/** What was applied, in the order in which it was: kept in tests only. Not unique, so that a second time is seen. */
export const appliedEvents = collection<AppliedEvent>('applied_events', {
  eventId: { type: String, required: true },
  speaker: { type: String, required: true },
  at: { type: Date, required: true },
});

/** Handlers that also leave a row of each event that they handled, in the same transaction. */
export const audited =
  (speaker: string, handlerOf: HandlerOf): HandlerOf =>
  (event: Envelope) => {
    const handler = handlerOf(event);
    if (handler === null) return null;
    const handle = async (tx: Tx): Promise<void> => {
      await handler.handle(tx);
      const row = { _id: newId(), eventId: event.eventId, speaker, at: tx.now };
      await tx.db.raw(appliedEvents).insertOne(row, { session: tx.session });
    };
    return { ...handler, handle };
  };
