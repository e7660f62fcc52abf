import { CommandAnswered, CommandRequested } from '@mealprep360/contracts/commands';
import type { Envelope } from '@mealprep360/contracts/envelope';
import type { Collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import type { Logger } from 'pino';
import { audited } from './applied-events.ts';
import { applyLetter, type HandlerOf } from './apply.ts';
import type { EventBus } from './bus.ts';
import type { Command } from './commands.ts';
import { startConsumer } from './consumer.ts';
import { deadLetterDesk, type DeadLetters } from './dead-letters.ts';
import { watchOutbox, type Doorbell } from './doorbell.ts';
import { eventStatus, type EventStatus } from './event-status.ts';
import { historyRoutes, type Ask, type InternalRoutes } from './history.ts';
import { startOrchestrator, type Orchestrator } from './orchestrator.ts';
import type { OutboxRow } from './outbox.ts';
import { startParticipant, type Participant } from './participant.ts';
import type { Reactions } from './reactions.ts';
import { redisBus } from './redis-bus.ts';
import type { ReadModel } from './read-model.ts';
import { startRebuilder, type ReadModelDesk } from './rebuilder.ts';
import { startRelay } from './relay.ts';
import type { Saga } from './saga.ts';
import { sagaDesk, type SagaDesk } from './saga-desk.ts';
import { commitAs, unitOfWork, type Commit, type Tx } from './unit-of-work.ts';

export interface EventOptions<Work extends Tx> {
  /** the service's name, which it speaks under */
  service: string;
  db: Database;
  /** `redis://…`, or a bus of one's own (tests) */
  bus: { url: string } | EventBus;
  outbox: Collection<OutboxRow>;
  /** the room's own view of a transaction: `tx => ({ ...tx, recipes: … })` */
  work: (tx: Tx) => Work;
  reactions: readonly Reactions<Work>[];
  commands: readonly Command<Work>[];
  sagas: readonly Saga<unknown, Work>[];
  /** copies and projections, which are rebuilt when their revision is raised or somebody asks */
  readModels?: readonly ReadModel[];
  ask: Ask;
  logger: Logger;
  /** keeps a row of each event that is applied (tests) */
  audit?: boolean;
}

export interface EventRuntime<Work> {
  commit: Commit<Work>;
  /** Whether the database answers and every partition of every speaker heard is being read. */
  ready: () => Promise<boolean>;
  /** The routes that other services read this one's history by; serve each as an internal POST. */
  history: InternalRoutes;
  deadLetters: DeadLetters;
  sagas: SagaDesk;
  readModels: ReadModelDesk;
  /** How many events of each speaker heard are known to be said and not yet applied. */
  lag: () => Record<string, number>;
  /** How everything stands, as far as this service knows. */
  status: () => Promise<EventStatus>;
  /** Ends what is being done, closes all connections; at most 5 s. The database stays open. */
  stop: () => Promise<void>;
}

/** Starts everything that says, hears and does on a service's behalf; it waits for the database by itself. */
export function startEvents<Work extends Tx>(options: EventOptions<Work>): EventRuntime<Work> {
  const { service, db, outbox, work, ask } = options;
  const logger = options.logger.child({ part: 'events' });
  const ownBus = 'url' in options.bus ? redisBus(options.bus.url, service, logger) : null;
  const bus = ownBus ?? (options.bus as EventBus);
  const relay = startRelay({ service, db, outbox, bus, isWatched: () => doorbell.isThere(), logger });
  const doorbell: Doorbell = watchOutbox(db, outbox, relay.nudge, logger);
  const commitMany = unitOfWork(db, outbox, () => {
    relay.nudge();
    // what was said may be the first question of a saga, whose time runs from now on
    orchestrator.nudge();
  });
  const commit = commitAs(commitMany);
  const participant = startParticipant({ db, outbox, commit, work, commands: options.commands, logger });
  const orchestrator: Orchestrator = startOrchestrator({ db, commit, work, sagas: options.sagas, logger });
  const handlerOf = (speaker: string) => {
    const handlers = handlersOf(options, speaker, participant, orchestrator);
    return options.audit ? audited(speaker, handlers) : handlers;
  };
  const applied = (): void => {
    participant.nudge();
    orchestrator.nudge();
  };
  const consumers = speakersHeard(options).map(speaker =>
    startConsumer({ speaker, db, bus, ask, commitMany, handlerOf: handlerOf(speaker), applied, logger }),
  );
  const rebuilder = startRebuilder({ db, models: options.readModels ?? [], ask, logger });
  const desk = deadLetterDesk(db, async letter => {
    await applyLetter(commitMany, handlerOf(letter.speaker), letter);
    applied();
  });

  return {
    commit: (actor, change) => commit(actor, tx => change(work(tx))),
    ready: () => Promise.resolve(db.isReady() && consumers.every(consumer => consumer.isReading())),
    history: historyRoutes(db, outbox),
    deadLetters: desk,
    sagas: sagaDesk({ db, commit, work, sagas: options.sagas, nudge: orchestrator.nudge }),
    readModels: rebuilder.desk,
    lag: () => Object.fromEntries(consumers.map(({ speaker, lag }) => [speaker, lag()])),
    status: () => {
      const heard = consumers.map(consumer => consumer.heard());
      return eventStatus({ db, outbox, heard, commandsRetried: participant.retried() });
    },
    stop: async () => {
      doorbell.stop();
      const parts = [...consumers, participant, orchestrator, rebuilder];
      await atMost(3000, Promise.all(parts.map(part => part.stop())));
      // last, so that what the others said in their last transactions is still sent
      await atMost(1500, relay.stop());
      ownBus?.close();
    },
  };
}

/** Whoever is reacted to, takes part in a saga of ours, or may send us a command. */
function speakersHeard<Work extends Tx>({ service, reactions, commands, sagas }: EventOptions<Work>): string[] {
  const asked = sagas.flatMap(({ steps }) =>
    steps.flatMap(step =>
      step.kind === 'here' ? [] : step.kind === 'all' ? step.asks.map(({ to }) => to) : [step.to],
    ),
  );
  const heard = [...reactions.map(({ speaker }) => speaker), ...commands.map(({ from }) => from), ...asked];
  return [...new Set(heard)].filter(speaker => speaker !== service);
}

function handlersOf<Work extends Tx>(
  { service, reactions, work }: EventOptions<Work>,
  speaker: string,
  participant: Participant,
  orchestrator: Orchestrator,
): HandlerOf {
  const own = reactions.filter(reaction => reaction.speaker === speaker);
  return event => {
    if (event.to !== null && event.to !== service) return null;
    const isCommand = event.eventType === CommandRequested.type || event.eventType === CommandAnswered.type;
    // the saga that said it has ended
    if (isCommand && event.erased) return null;
    if (event.eventType === CommandRequested.type) {
      return { onlyKeeps: false, handle: tx => participant.accept(speaker, CommandRequested.read(event), tx) };
    }
    if (event.eventType === CommandAnswered.type) {
      const hear = (tx: Tx) => orchestrator.hear(speaker, CommandAnswered.read(event).eventData, tx);
      return { onlyKeeps: false, handle: hear };
    }
    const said = event.erased ? asDeleted(event) : event;
    const reacting = own.filter(({ byType }) => byType.has(said.eventType));
    if (reacting.length === 0) return null;
    const handle = async (tx: Tx): Promise<void> => {
      for (const { byType, onlyKeeps = false } of reacting) {
        if (!onlyKeeps) await tx.writeNow();
        await byType.get(said.eventType)?.(said, work(tx));
      }
    };
    return { onlyKeeps: reacting.every(({ onlyKeeps = false }) => onlyKeeps), handle };
  };
}

// Of an erased aggregate nothing is left but who it was: enough for the reaction to its end.
const asDeleted = (event: Envelope): Envelope => ({
  ...event,
  eventType: `${event.aggregateType}Deleted`,
  schemaVersion: 1,
  eventData: { id: event.aggregateId, ownerId: event.userId },
});

async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise(resolve => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, timeout]).finally(() => {
    clearTimeout(timer);
  });
}
