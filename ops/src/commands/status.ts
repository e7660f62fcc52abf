import { serviceStatus, type ServiceStatus } from '@mealprep360/service/ops-messages';
import type { Command } from 'commander';
import { houseCommand, type Finding, type Stage } from '../command.ts';
import { troubles } from '../health.ts';
import type { House } from '../house.ts';
import { duration, exitCodes, oneLine, table } from '../terminal.ts';

export type Answered = { service: string; status: ServiceStatus } | { service: string; status: null; error: string };

/** Asks all services at once; one that does not answer is part of the answer. */
export const askAll = ({ services, ask }: House): Promise<Answered[]> =>
  Promise.all(
    services.map(service =>
      ask(service, '/internal/ops/status', {}, serviceStatus, 5000).then(
        status => ({ service, status }),
        (error: unknown) => ({ service, status: null, error: error instanceof Error ? error.message : String(error) }),
      ),
    ),
  );

export const status = (stage: Stage): Command =>
  houseCommand(
    stage,
    'status',
    'How each service is: database, events unsent and unheard, what is parked, sagas. Exit code 3: something is not well.',
    async house => {
      const answers = await askAll(house);
      const found = answers.flatMap(troubles);
      if (found.length > 0) stage.ends(exitCodes.unwell);
      return report(answers, found);
    },
  );

function report(answers: readonly Answered[], found: readonly string[]): Finding {
  const heading = [
    'service',
    'ready',
    'database',
    'unsent',
    'behind',
    'retried',
    'parked',
    'discarded',
    'sagas open',
    'commands',
  ];
  const unknown = answers.flatMap(unknownTypes);
  const text = [
    table(heading, answers.map(rowOf)),
    '\n',
    ...(found.length === 0 ? ['All is well.\n'] : ['Not well:\n', ...found.map(line => `  ${oneLine(line, 300)}\n`)]),
    ...unknown.map(line => `Skipped as unknown: ${line}\n`),
  ].join('');
  return { data: { well: found.length === 0, troubles: found, services: answers }, text };
}

function rowOf({ service, status }: Answered): string[] {
  if (status === null) return [service, 'away'];
  const { missing, databasePing, events } = status;
  const ready = missing.length === 0 ? 'yes' : `no: ${missing.join(', ')}`;
  const database = databasePing === null ? 'away' : `${Math.round(databasePing)} ms`;
  if (events === null) return [service, ready, database];
  const { unsent, heard, deadLetters, sagas, commands, commandsRetried } = events;
  const partitions = heard.flatMap(one => one.partitions);
  return [
    ...[service, ready, database, withAge(unsent.count, unsent.oldestSeconds)],
    String(sum(partitions.map(({ head, checkpoint }) => head - checkpoint))),
    String(partitions.filter(({ tries }) => tries > 0).length + commandsRetried),
    deadLetters.parked === 0 ? '0' : `${deadLetters.parked} of ${deadLetters.aggregates}`,
    String(deadLetters.discarded),
    withAge(sum(sagas.open.map(({ count }) => count)), oldest(sagas.open)),
    withAge(sum(commands.map(({ count }) => count)), oldest(commands)),
  ];
}

const withAge = (count: number, seconds: number | null): string =>
  count === 0 ? '0' : `${count} (${duration(seconds)})`;

const oldest = (rows: readonly { oldestSeconds: number | null }[]): number | null =>
  rows.length === 0 ? null : Math.max(...rows.map(({ oldestSeconds }) => oldestSeconds ?? 0));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const unknownTypes = ({ service, status }: Answered): string[] =>
  (status?.events?.heard ?? []).flatMap(({ speaker, unknown }) =>
    Object.entries(unknown).map(([type, count]) => `${service} heard ${count} ${oneLine(type)} of ${speaker}`),
  );
