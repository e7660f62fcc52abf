import { writeSync } from 'node:fs';

/**
 * Where a process may be made to die: between any two steps of what must survive it. A new step adds its point here,
 * calls `reached` where it stands, and gets a death in tests/chaos/crashes/groups.ts, without which the suite fails.
 */
export const crashPoints = {
  'commit.written': 'a unit of work has written everything in its transaction',
  'commit.committed': 'its transaction is committed, and nobody is told that there is something to relay',
  'relay.numbered': 'events have their numbers, and are not published',
  'relay.published': 'events are on the bus, and not marked as sent',
  'relay.marked': 'events are marked as sent',
  'relay.restoring': 'a bus that lost its tail has a part of it again',
  'consumer.taken': "events are about to be applied (detail: the first one's type)",
  'consumer.moved': 'the checkpoint has moved in a transaction that applied nothing yet (detail: the speaker)',
  'consumer.written': 'all events of the transaction are applied in it, and it is not committed (detail: the speaker)',
  'consumer.committed': "events are applied, and the reader has not noted it (detail: the first one's type)",
  'consumer.fetched': 'events that the bus did not bring were fetched from history',
  'park.written': 'poison is put aside in a transaction that is not committed (detail: the speaker)',
  'park.committed': 'poison is put aside',
  'redrive.taken': 'a letter is removed in a transaction that has not applied its event yet',
  'redrive.written': 'a parked event is applied in a transaction that is not committed',
  'redrive.committed': 'a parked event is applied, and what stands behind it is not',
  'discard.noted': 'a parked event is given up, and what stands behind it is still parked',
  'command.accepted': 'a request is taken in, in a transaction that is not committed (detail: the command)',
  'command.done': 'a command is done and answered in a transaction that is not committed (detail: the command)',
  'command.part': 'a part of a command is done in a transaction that is not committed (detail: the command)',
  'command.answered': 'a command is done, and its answer is not relayed (detail: the command)',
  'command.declined': 'a command was refused, and the refusal is not written (detail: the command)',
  'command.undo-accepted': 'an undo is taken in, in a transaction that is not committed (detail: the command undone)',
  'command.undone': 'a command is undone in a transaction that is not committed (detail: the command undone)',
  'command.undo-answered': 'a command is undone, and the answer is not relayed (detail: the command undone)',
  'saga.here': "a step of the orchestrator's own is done in a transaction that is not committed (detail: the step)",
  'saga.asked': 'a participant is asked in a transaction that is not committed (detail: the step)',
  'saga.heard': 'an answer is noted in a transaction that is not committed (detail: the step)',
  'saga.moved': 'a move is committed, and the next one is not begun (detail: the step that it began with)',
  'saga.undo-here':
    "a step of the orchestrator's own is taken back in a transaction that is not committed (detail: the step)",
  'saga.undo-asked': 'an undo is asked for in a transaction that is not committed (detail: the step)',
  'saga.undo-heard': 'the answer to an undo is noted in a transaction that is not committed (detail: the step)',
  'rebuild.filled': 'a read model is built, and not compared with the live one (detail: its name)',
  'rebuild.compared': 'what was built is compared, and writers still write to the live one (detail: the name)',
  'rebuild.paused': 'nobody writes to the live one, and what was built lags behind it (detail: the name)',
  'rebuild.caught-up': 'what was built is what is live, and not in its place (detail: the name)',
  'rebuild.swapped': 'what was built is in its place, nobody may write, and it is not noted (detail: the name)',
} as const;

export type CrashPoint = keyof typeof crashPoints;

const PATTERN = /^([a-z.-]+)(?::(\w+))?(?:#([1-9]\d*))?(?:@(\d+))?$/;

interface Armed {
  point: string;
  detail: string | undefined;
  remaining: number;
  spared: number;
  /** when the first point of all was reached, by performance.now() */
  since: number | null;
}

let armed: Armed | null = null;

/**
 * Arms this process: `relay.published#2` dies when that point is reached for the second time,
 * `saga.asked:ValidateUser` when it is reached with this detail, `saga.moved@3000` when it is reached after three
 * seconds of work. Throws when there is no such point.
 */
export function armCrash(text: string): void {
  const [, point = '', detail, nth = '1', spared = '0'] = PATTERN.exec(text) ?? [];
  if (!(point in crashPoints)) {
    throw new Error(
      `${text} is no crash point: give one of ${Object.keys(crashPoints).join(', ')}, perhaps with :detail, #nth and @milliseconds`,
    );
  }
  armed = { point, detail, remaining: Number(nth), spared: Number(spared), since: null };
}

/** Ends the process as if its power had failed, when it is armed for this point; otherwise does nothing. */
export function reached(point: CrashPoint, detail?: string): void {
  if (armed === null) return;
  armed.since ??= performance.now();
  if (armed.point !== point || (armed.detail !== undefined && armed.detail !== detail)) return;
  if (performance.now() - armed.since < armed.spared) return;
  armed.remaining -= 1;
  if (armed.remaining > 0) return;
  writeSync(2, `${lastWords(point, detail)}\n`);
  process.kill(process.pid, 'SIGKILL');
}

/** What a process writes to stderr when it dies at a point. */
export const lastWords = (point: string, detail?: string): string =>
  `crashed at ${point}${detail === undefined ? '' : `:${detail}`}`;
