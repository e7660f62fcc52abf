import { sagaInFull, sagaLine, sagaList } from '@mealprep360/service/ops-messages';
import { Command, Option } from 'commander';
import type { z } from 'zod';
import { byOption, houseCommand, knownService, me, type Common, type Stage } from '../command.ts';
import { limitOption, pages } from '../pages.ts';
import { Refusal } from '../refusal.ts';
import { duration, oneLine, table } from '../terminal.ts';

type Saga = z.output<typeof sagaLine>;

interface ListOptions extends Common {
  service?: string;
  type?: string;
  state: string;
  limit: number;
}

interface ActOptions extends Common {
  by?: string;
  reason?: string;
}

const states: Readonly<Record<string, string[]>> = {
  OPEN: ['RUNNING', 'COMPENSATING'],
  ALL: ['RUNNING', 'COMPENSATING', 'COMPLETED', 'COMPENSATED'],
};

export const sagas = (stage: Stage): Command =>
  new Command('sagas')
    .description('Long transactions over several services.')
    .addCommand(list(stage))
    .addCommand(show(stage))
    .addCommand(retry(stage))
    .addCommand(forceCompensate(stage));

const list = (stage: Stage): Command =>
  houseCommand(stage, 'list', 'Sagas by state.', async (house, options: ListOptions) => {
    const services = options.service === undefined ? house.services : [knownService(house, options.service)];
    const filter = {
      states: states[options.state] ?? [options.state],
      ...(options.type !== undefined && { type: options.type }),
    };
    const found = await Promise.all(
      services.map(async service => {
        const { rows, more } = await pages(options.limit, async page => {
          const body = { ...filter, ...page };
          const answer = await house.ask(service, '/internal/ops/sagas/list', body, sagaList);
          return { rows: answer.sagas, next: answer.next };
        });
        return { service, sagas: rows, more };
      }),
    );
    return { data: found, text: found.map(listText).join('') || 'No such sagas.\n' };
  })
    .option('--service <name>', 'of one service (default: of all)')
    .option('--type <name>', 'only these: CreateMealPlan, EraseUser')
    .addOption(
      new Option('--state <state>', 'which ones')
        .choices(['OPEN', 'RUNNING', 'COMPENSATING', 'COMPLETED', 'COMPENSATED', 'ALL'])
        .default('OPEN'),
    )
    .addOption(limitOption());

function listText({ service, sagas: found, more }: { service: string; sagas: Saga[]; more: boolean }): string {
  if (found.length === 0) return '';
  const heading = ['saga', 'type', 'state', 'stands at', 'waits for', 'age', 'why it goes back'];
  return `${service}\n${table(heading, found.map(rowOf))}${more ? '… and more (--limit)\n' : ''}\n`;
}

function rowOf({ id, type, state, step, turn, failure, createdAt }: Saga): string[] {
  const isOpen = state === 'RUNNING' || state === 'COMPENSATING';
  const whom = turn === 'OURS' ? 'its own service' : 'who was asked';
  const age = duration((Date.now() - createdAt.getTime()) / 1000);
  const why = failure === null ? '' : oneLine(`${failure.code}: ${failure.message}`);
  return [id, type, state, isOpen ? (step ?? '') : '', isOpen ? whom : '', age, why];
}

const show = (stage: Stage): Command =>
  houseCommand(
    stage,
    'show',
    'One saga, with its input and what participants replied.',
    async (house, _: Common, service: string, id: string) => {
      const saga = await house.ask(knownService(house, service), '/internal/ops/sagas/show', { id }, sagaInFull);
      return { data: saga, text: `${JSON.stringify(saga, null, 2)}\n` };
    },
  )
    .argument('<service>', 'the service whose saga it is')
    .argument('<saga>', "the saga's id");

const retry = (stage: Stage): Command =>
  houseCommand(
    stage,
    'retry',
    'Has the step tried at once, or asks again who has not answered; nothing is done twice.',
    async (house, options: ActOptions, service: string, id: string) => {
      const body = { id, by: me(options.by) };
      const saga = await house.ask(knownService(house, service), '/internal/ops/sagas/retry', body, sagaLine);
      return { data: saga, text: `Asked again: ${saga.type} ${id} is ${saga.state} at ${saga.step ?? 'its end'}.\n` };
    },
  )
    .argument('<service>', 'the service whose saga it is')
    .argument('<saga>', "the saga's id")
    .option(...byOption);

const forceCompensate = (stage: Stage): Command =>
  houseCommand(
    stage,
    'force-compensate',
    'Has a saga taken back that is not past its point of no return. It needs a --reason, which is kept with it.',
    async (house, options: ActOptions, service: string, id: string) => {
      const { reason } = options;
      if (reason === undefined) throw new Refusal('what this saga has done so far is undone: give a --reason', 2);
      const body = { id, reason, by: me(options.by) };
      const path = '/internal/ops/sagas/force-compensate';
      const saga = await house.ask(knownService(house, service), path, body, sagaLine);
      return { data: saga, text: `${saga.type} ${id} is being taken back.\n` };
    },
  )
    .argument('<service>', 'the service whose saga it is')
    .argument('<saga>', "the saga's id")
    .option('--reason <text>', 'why it must not go on')
    .option(...byOption);
