import { z } from 'zod';

// What the person on call may ask of a service, and what it answers: both sides read it here.

const count = z.int().min(0);
const seconds = z.number().nullable();
const at = z.coerce.date();
const limit = z.int().min(1).max(200).default(50);
const after = z.string().min(1).max(200).optional();

/** Who asks, and why. Nothing that loses data is done without a reason. */
const by = z.string().trim().min(1, 'says who you are').max(100);
const reason = z.string().trim().min(3, 'a reason is needed, in words: what is done cannot be taken back').max(500);

const waiting = { count, oldestSeconds: seconds };

/** Answer to `/internal/ops/status`. */
export const serviceStatus = z.object({
  service: z.string(),
  upSeconds: z.number(),
  /** the parts that are not ready, by name; none means ready */
  missing: z.array(z.string()),
  /** milliseconds of a ping; null: the database does not answer, and nothing of the events is known */
  databasePing: z.number().nullable(),
  events: z
    .object({
      unsent: z.object(waiting),
      heard: z.array(
        z.object({
          speaker: z.string(),
          headsSecondsAgo: seconds,
          partitions: z.array(z.object({ partition: count, head: count, checkpoint: count, tries: count })),
          unknown: z.record(z.string(), count),
        }),
      ),
      deadLetters: z.object({ parked: count, newerVersion: count, aggregates: count, discarded: count }),
      sagas: z.object({
        open: z.array(z.object({ type: z.string(), state: z.string(), ...waiting })),
        completed: count,
        compensated: count,
      }),
      commands: z.array(z.object({ command: z.string(), state: z.string(), ...waiting })),
      commandsRetried: count,
    })
    .nullable(),
});
export type ServiceStatus = z.output<typeof serviceStatus>;

const operatorActions = z
  .array(z.object({ action: z.string(), by: z.string(), reason: z.string().nullable(), at }))
  .default([]);

export const letterState = z.enum(['PARKED', 'DISCARDED']);
export const listLetters = z.strictObject({
  state: letterState.optional(),
  speaker: z.string().max(100).optional(),
  aggregateId: z.string().max(200).optional(),
  limit,
  after,
});
const letter = z.object({
  eventId: z.string(),
  eventType: z.string(),
  speaker: z.string(),
  aggregateType: z.string(),
  aggregateId: z.string(),
  version: count,
  partition: count,
  seq: count,
  state: letterState,
  kind: z.string().nullable(),
  error: z.string().nullable(),
  at,
  operatorActions,
});
/** `next`, given as `after`, brings the next ones; null when these are the last. */
export const letterList = z.object({ letters: z.array(letter), next: z.string().nullable() });
export const oneLetter = z.strictObject({ eventId: z.string().min(1).max(200) });
/** One letter with the whole event. */
export const letterInFull = letter.extend({ event: z.unknown() });
export const redriveLetter = oneLetter.extend({ by });
export const discardLetter = oneLetter.extend({ by, reason });
/** How many events were applied; the error of the one that failed again, null when none is parked any more. */
export const redriven = z.object({ applied: count, error: z.string().nullable() });

export const sagaState = z.enum(['RUNNING', 'COMPENSATING', 'COMPLETED', 'COMPENSATED']);
export const listSagas = z.strictObject({
  states: z.array(sagaState).min(1).default(['RUNNING', 'COMPENSATING']),
  type: z.string().max(100).optional(),
  limit,
  after,
});
export const sagaLine = z.object({
  id: z.string(),
  type: z.string(),
  state: sagaState,
  /** the name of the step that it stands at; null behind its last, or when this service knows no such saga */
  step: z.string().nullable(),
  /** whose move it is */
  turn: z.enum(['OURS', 'THEIRS']),
  failure: z.object({ code: z.string(), message: z.string(), step: z.int() }).nullable(),
  stepDeadline: at.nullable(),
  deadline: at.nullable(),
  createdAt: at,
  updatedAt: at,
  operatorActions,
});
export const sagaList = z.object({ sagas: z.array(sagaLine), next: z.string().nullable() });
export const oneSaga = z.strictObject({ id: z.string().min(1).max(200) });
/** One saga with its input and what participants replied. */
export const sagaInFull = sagaLine.extend({ input: z.unknown(), replies: z.unknown(), userId: z.string().nullable() });
export const retrySaga = oneSaga.extend({ by });
export const forceSaga = oneSaga.extend({ by, reason });

export const oneReadModel = z.strictObject({ name: z.string().min(1).max(100) });
export const rebuildReadModel = oneReadModel.extend({ by });
export const readModelNames = z.object({ names: z.array(z.string()) });
/** The last rebuild of a copy or projection, or the one that goes on; null when there was none. */
export const rebuildOf = z.object({
  rebuild: z
    .object({
      state: z.enum(['WAITING', 'RUNNING', 'DONE', 'FAILED']),
      by: z.string().nullable(),
      requestedAt: at,
      startedAt: at.nullable(),
      finishedAt: at.nullable(),
      revision: count,
      /** events read so far, and how many there are as far as is known */
      events: count,
      total: count,
      /** true: what differs was a defect; false: what is kept has changed */
      isSameRevision: z.boolean(),
      comparison: z
        .object({
          rows: count,
          liveHash: z.string(),
          rebuiltHash: z.string(),
          missing: count,
          extra: count,
          different: count,
          examples: z.array(z.string()),
        })
        .nullable(),
      /** milliseconds for which nobody could write to it */
      paused: z.number().nullable(),
      error: z.string().nullable(),
    })
    .nullable(),
});
export type RebuildAnswer = NonNullable<z.output<typeof rebuildOf>['rebuild']>;

/** Users whose copies are to be said once more: one, or all of them by parts. */
export const syncUsers = z.union([
  z.strictObject({ userId: z.string().min(1).max(100) }),
  z.strictObject({ after, limit }),
]);
/** How many were said, and of how many; `next`, given as `after`, goes on with the next ones. */
export const synced = z.object({ users: count, total: count, next: z.string().nullable() });
