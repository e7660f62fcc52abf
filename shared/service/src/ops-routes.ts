import type { DeadLetter } from '@mealprep360/events/dead-letters';
import type { EventRuntime } from '@mealprep360/events/event-runtime';
import { NotDone } from '@mealprep360/events/operator';
import type { SagaRow } from '@mealprep360/events/saga-row';
import type { Tx } from '@mealprep360/events/unit-of-work';
import type { z } from 'zod';
import { fault } from './fault.ts';
import type { Logger } from './logger.ts';
import * as messages from './ops-messages.ts';

type Route = (body: unknown) => Promise<unknown>;

interface OpsOptions {
  events: Pick<EventRuntime<Tx>, 'deadLetters' | 'sagas' | 'readModels'>;
  status: () => Promise<messages.ServiceStatus>;
  log: Logger;
}

/** What the person on call may ask of every service, by path; serve each to `ops` alone. */
export const opsRoutes = ({ events, status, log }: OpsOptions): Record<string, Route> => ({
  '/internal/ops/status': status,
  ...letterRoutes(events.deadLetters, log),
  ...sagaRoutes(events.sagas, log),
  ...rebuildRoutes(events.readModels, log),
});

const letterRoutes = (desk: OpsOptions['events']['deadLetters'], log: Logger): Record<string, Route> => ({
  '/internal/ops/dead-letters/list': route(messages.listLetters, async ({ limit, after, ...filter }) => {
    const { rows, next } = await desk.list(filter, limit, after);
    return { letters: rows.map(letterOf), next } satisfies z.input<typeof messages.letterList>;
  }),
  '/internal/ops/dead-letters/show': route(messages.oneLetter, async ({ eventId }) => {
    const letter = await desk.find(eventId);
    if (letter === null) throw new NotDone(`There is no dead letter ${eventId} here.`);
    return { ...letterOf(letter), event: letter.event } satisfies z.input<typeof messages.letterInFull>;
  }),
  '/internal/ops/dead-letters/redrive': route(messages.redriveLetter, async ({ eventId, by }) => {
    const result = await desk.redrive(eventId, { by, reason: null });
    log.warn({ eventId, by, ...result }, 'an operator had parked events tried again');
    return result satisfies z.input<typeof messages.redriven>;
  }),
  '/internal/ops/dead-letters/discard': route(messages.discardLetter, async ({ eventId, by, reason }) => {
    const result = await desk.discard(eventId, { by, reason });
    log.warn({ eventId, by, reason, ...result }, 'an operator discarded an event');
    return result satisfies z.input<typeof messages.redriven>;
  }),
});

function sagaRoutes(desk: OpsOptions['events']['sagas'], log: Logger): Record<string, Route> {
  const lineOf = ({ _id: id, ...row }: SagaRow): z.input<typeof messages.sagaLine> => ({
    ...{ id, type: row.type, state: row.state, step: desk.stepName({ _id: id, ...row }), turn: row.turn },
    ...{ failure: row.failure, stepDeadline: row.stepDeadline, deadline: row.deadline },
    ...{ createdAt: row.createdAt, updatedAt: row.updatedAt, operatorActions: row.operatorActions },
  });
  return {
    '/internal/ops/sagas/list': route(messages.listSagas, async ({ limit, after, ...filter }) => {
      const { rows, next } = await desk.list(filter, limit, after);
      return { sagas: rows.map(lineOf), next } satisfies z.input<typeof messages.sagaList>;
    }),
    '/internal/ops/sagas/show': route(messages.oneSaga, async ({ id }) => {
      const row = await desk.find(id);
      if (row === null) throw new NotDone(`There is no saga ${id} here.`);
      const { input, replies, actor } = row;
      const { userId } = actor;
      return { ...lineOf(row), input, replies, userId } satisfies z.input<typeof messages.sagaInFull>;
    }),
    '/internal/ops/sagas/retry': route(messages.retrySaga, async ({ id, by }) => {
      const row = await desk.retry(id, { by, reason: null });
      log.warn({ sagaId: id, by, step: row.step }, 'an operator had a saga tried again');
      return lineOf(row);
    }),
    '/internal/ops/sagas/force-compensate': route(messages.forceSaga, async ({ id, by, reason }) => {
      const row = await desk.forceCompensate(id, { by, reason });
      log.warn({ sagaId: id, by, reason, step: row.step }, 'an operator had a saga taken back');
      return lineOf(row);
    }),
  };
}

const rebuildRoutes = (desk: OpsOptions['events']['readModels'], log: Logger): Record<string, Route> => ({
  '/internal/ops/rebuild/names': () => Promise.resolve({ names: [...desk.names] }),
  '/internal/ops/rebuild/show': route(messages.oneReadModel, async ({ name }) => ({ rebuild: await desk.find(name) })),
  '/internal/ops/rebuild': route(messages.rebuildReadModel, async ({ name, by }) => {
    const rebuild = await desk.rebuild(name, by);
    log.warn({ readModel: name, by }, 'an operator had a read model rebuilt');
    return { rebuild } satisfies z.input<typeof messages.rebuildOf>;
  }),
});

/** Reads the body, and answers a refusal with its words. */
const route =
  <Schema extends z.ZodType>(schema: Schema, answer: (request: z.output<Schema>) => Promise<unknown>): Route =>
  async body => {
    const read = schema.safeParse(body);
    if (!read.success) {
      const faults = read.error.issues.map(({ path, message }) => [...path, message].join(': '));
      throw fault('INVALID_INPUT', faults.join('; '));
    }
    try {
      return await answer(read.data);
    } catch (error) {
      throw error instanceof NotDone ? fault('NOT_DONE', error.message) : error;
    }
  };

const letterOf = ({ _id, event, ...letter }: DeadLetter): z.input<typeof messages.letterList>['letters'][number] => ({
  ...letter,
  eventId: _id,
  eventType: event.eventType,
  version: event.version,
});
