import { CommandAnswered, type CommandRequested } from '@mealprep360/contracts/commands';
import type { DataOf } from '@mealprep360/contracts/define';
import type { DomainEvent } from '@mealprep360/contracts/envelope';
import type { Collection } from '@mealprep360/mongo/collection';
import type { Database } from '@mealprep360/mongo/database';
import type { Logger } from 'pino';
import { actorOf } from './apply.ts';
import { commandRows, Refused, Unfinished, type Command, type CommandRow } from './commands.ts';
import { reached } from './crash-points.ts';
import { backoff, loop } from './loop.ts';
import type { OutboxRow } from './outbox.ts';
import { isTransient } from './transient.ts';
import type { Commit, Tx } from './unit-of-work.ts';

type Request = DomainEvent<DataOf<typeof CommandRequested>>;
type Answer = Pick<DataOf<typeof CommandAnswered>, 'undo' | 'outcome' | 'reply' | 'error'>;

interface ParticipantOptions<Work> {
  db: Database;
  outbox: Collection<OutboxRow>;
  commit: Commit;
  work: (tx: Tx) => Work;
  commands: readonly Command<Work>[];
  logger: Logger;
}

export interface Participant {
  /** Takes a saga's request in, with the checkpoint; it is done later, in a transaction of its own. */
  accept: (speaker: string, request: Request, tx: Tx) => Promise<void>;
  nudge: () => void;
  /** How many commands failed, and are tried again. */
  retried: () => number;
  stop: () => Promise<void>;
}

const AGAIN = 200;
const POLL = 5000;
const AT_ONCE = 8;
const done = { outcome: 'DONE', error: null } as const;

/** Does what other services' sagas ask of this one: each step once, however often it is asked, and never after its undo. */
export function startParticipant<Work extends Tx>(options: ParticipantOptions<Work>): Participant {
  const { db, logger } = options;
  const commands = new Map(options.commands.map(command => [command.name, command]));
  /** failures of commands that should not fail; they are tried less and less often */
  const failures = new Map<string, { count: number; nextTry: number }>();

  const attempt = async (row: CommandRow): Promise<void> => {
    if ((failures.get(row._id)?.nextTry ?? 0) > performance.now()) return;
    try {
      while (await execute(options, commands, row, failures.has(row._id)));
      failures.delete(row._id);
    } catch (error) {
      if (isTransient(error)) return;
      const count = (failures.get(row._id)?.count ?? 0) + 1;
      failures.set(row._id, { count, nextTry: performance.now() + backoff(count, AGAIN, 30_000) });
      logger.error(
        { err: error, command: row.command, sagaId: row.sagaId, count },
        'a command failed; it is tried again',
      );
    }
  };
  const pass = async (): Promise<number> => {
    if (commands.size === 0 || !db.isReady()) return POLL;
    const open = { state: { $in: ['WAITING', 'UNDOING'] } } as const;
    const rows = await db.raw(commandRows).find(open).sort({ createdAt: 1 }).toArray();
    // what another process did in the meantime fails here no more
    for (const id of failures.keys()) if (!rows.some(({ _id }) => _id === id)) failures.delete(id);
    for (let first = 0; first < rows.length; first += AT_ONCE) {
      await Promise.all(rows.slice(first, first + AT_ONCE).map(attempt));
    }
    return rows.length > 0 ? AGAIN : POLL;
  };
  const running = loop(pass, error => {
    logger.debug({ err: error }, 'commands wait');
    return AGAIN;
  });
  return {
    accept: (speaker, request, tx) => accept(options, commands, speaker, request, tx),
    nudge: running.nudge,
    retried: () => failures.size,
    stop: running.stop,
  };
}

async function accept<Work>(
  options: ParticipantOptions<Work>,
  commands: ReadonlyMap<string, Command<Work>>,
  speaker: string,
  request: Request,
  tx: Tx,
): Promise<void> {
  const { sagaId, step, command, undo, input, deadline } = request.eventData;
  const { session, now } = tx;
  const rows = tx.db.raw(commandRows);
  const isGone = await isOfTheGone(tx, request.userId, commands.get(command));
  const row: CommandRow = {
    _id: `${sagaId}:${step}`,
    ...{ sagaId, step, command, input: isGone ? null : input, from: speaker, actor: actorOf(request) },
    ...{ state: undo ? 'UNDONE' : 'WAITING', deadline, createdAt: now },
  };
  const there = await rows.findOne({ _id: row._id }, { session });
  if (!undo) {
    if (!commands.has(command)) throw new Error(`no command ${command} is done here`);
    if (there === null) await rows.insertOne(row, { session });
    else if (there.state === 'DONE' || there.state === 'REFUSED') await answerAgain(options.outbox, tx, row);
    reached('command.accepted', command);
    return;
  }
  if (there?.state === 'UNDOING') return;
  if (there?.state === 'UNDONE') return answer(options.outbox, tx, row, { undo, ...done, reply: {} });
  if (there === null) await rows.insertOne(row, { session });
  // what was done for somebody who is gone now has gone with them
  const next = there?.state === 'DONE' && !isGone ? 'UNDOING' : 'UNDONE';
  // the undo's own input is that of the action
  if (there) await rows.updateOne({ _id: row._id }, { $set: { state: next } }, { session });
  if (next === 'UNDONE') await answer(options.outbox, tx, row, { undo, ...done, reply: {} });
  reached('command.undo-accepted', command);
}

const isOfTheGone = async <Work>(tx: Tx, userId: string | null, command: Command<Work> | undefined): Promise<boolean> =>
  userId !== null && command?.forTheGone !== true && (await tx.isEntombed('User', userId));

/**
 * Does or undoes one step and answers, in one transaction; throws when it is to be tried again. Answers whether it did
 * a part only.
 */
async function execute<Work>(
  options: ParticipantOptions<Work>,
  commands: ReadonlyMap<string, Command<Work>>,
  candidate: CommandRow,
  hasFailed: boolean,
): Promise<boolean> {
  const { commit, work, outbox } = options;
  const command = commands.get(candidate.command);
  if (command === undefined) throw new Error(`no command ${candidate.command} is done here`);
  const inTransaction = (decide: (row: CommandRow, tx: Tx) => Promise<Answer | Unfinished>): Promise<boolean> =>
    commit(candidate.actor, async tx => {
      const { _id, state } = candidate;
      const rows = tx.db.raw(commandRows);
      const row = await rows.findOne({ _id, state }, { session: tx.session });
      if (row === null) return false;
      const said = await decide(row, tx);
      if (said instanceof Unfinished) {
        await rows.updateOne({ _id }, { $set: { progress: said.progress } }, { session: tx.session });
        reached('command.part', row.command);
        return true;
      }
      const next = said.undo ? 'UNDONE' : said.outcome;
      await rows.updateOne({ _id }, { $set: { state: next } }, { session: tx.session });
      await answer(outbox, tx, row, said);
      reached(said.undo ? 'command.undone' : 'command.done', row.command);
      return false;
    });
  const refusal = (code: string, message: string): Answer => ({
    undo: false,
    outcome: 'REFUSED',
    reply: null,
    error: { code, message },
  });
  try {
    const isUnfinished = await inTransaction(async (row, tx) => {
      const isGone = await isOfTheGone(tx, row.actor.userId, command);
      if (row.state === 'UNDOING') {
        if (isGone) return { undo: true, ...done, reply: {} };
        if (command.undo === null) throw new Error(`${command.name} cannot be undone here`);
        await command.undo(row.input, work(tx));
        return { undo: true, ...done, reply: {} };
      }
      if (isGone) return refusal('USER_NOT_FOUND', 'The account is gone.');
      if (row.deadline && row.deadline <= tx.now) {
        const code = hasFailed ? 'FAILED' : 'NOT_READY';
        return refusal(code, `${command.name} could not be done in time`);
      }
      const reply = await command.run(row.input, work(tx), row.progress ?? null);
      return reply instanceof Unfinished ? reply : { undo: false, ...done, reply };
    });
    if (isUnfinished) return true;
    reached(candidate.state === 'UNDOING' ? 'command.undo-answered' : 'command.answered', candidate.command);
  } catch (error) {
    // what the command had written by then is gone with its transaction
    if (!(error instanceof Refused) || candidate.state === 'UNDOING') throw error;
    reached('command.declined', candidate.command);
    await inTransaction(() => Promise.resolve(refusal(error.code, error.message)));
  }
  return false;
}

/** Says once more what was answered: it is only asked twice when an operator thinks that the answer got lost. */
async function answerAgain(outbox: Collection<OutboxRow>, tx: Tx, row: CommandRow): Promise<void> {
  const { sagaId, step } = row;
  const own = { aggregateType: CommandAnswered.aggregateType, aggregateId: sagaId, 'eventData.step': step };
  const said = await tx.db.raw(outbox).findOne(own, { session: tx.session, sort: { version: -1 } });
  if (said && !said.erased) await answer(outbox, tx, row, CommandAnswered.schema.parse(said.eventData));
}

async function answer(outbox: Collection<OutboxRow>, tx: Tx, row: CommandRow, said: Answer): Promise<void> {
  const own = { aggregateType: CommandAnswered.aggregateType, aggregateId: row.sagaId };
  const last = await tx.db
    .raw(outbox)
    .findOne(own, { session: tx.session, sort: { version: -1 }, projection: { version: 1 } });
  const { sagaId, step } = row;
  tx.emit(CommandAnswered.of(sagaId, (last?.version ?? 0) + 1, { sagaId, step, ...said }, row.from));
}
