import { letterInFull, letterList, redriven, serviceStatus } from '@mealprep360/service/ops-messages';
import { Command, Option } from 'commander';
import type { z } from 'zod';
import { byOption, houseCommand, knownService, me, type Common, type Finding, type Stage } from '../command.ts';
import type { House } from '../house.ts';
import { pages, limitOption } from '../pages.ts';
import { progress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import { exitCodes, oneLine, table } from '../terminal.ts';

type Letter = z.output<typeof letterList>['letters'][number];

interface ListOptions extends Common {
  service?: string;
  speaker?: string;
  aggregate?: string;
  state: string;
  limit: number;
}

interface ActOptions extends Common {
  by?: string;
  reason?: string;
  all?: boolean;
}

/** Applying many events takes its time. */
const patience = 600_000;

export const deadLetters = (stage: Stage): Command =>
  new Command('dead-letters')
    .description('Events that could not be applied, and those of the same aggregate that wait behind them.')
    .addCommand(list(stage))
    .addCommand(show(stage))
    .addCommand(redrive(stage))
    .addCommand(discard(stage));

const list = (stage: Stage): Command =>
  houseCommand(stage, 'list', 'What is parked, or was discarded.', async (house, options: ListOptions) => {
    const services = options.service === undefined ? house.services : [knownService(house, options.service)];
    const filter = {
      ...(options.state !== 'ALL' && { state: options.state }),
      ...(options.speaker !== undefined && { speaker: options.speaker }),
      ...(options.aggregate !== undefined && { aggregateId: options.aggregate }),
    };
    const found = await Promise.all(
      services.map(async service => {
        const { rows, more } = await pages(options.limit, page => lettersOf(house, service, { ...filter, ...page }));
        return { service, letters: rows, more };
      }),
    );
    return { data: found, text: found.map(listText).join('') || 'No dead letters.\n' };
  })
    .option('--service <name>', 'of one service that hears (default: of all)')
    .option('--speaker <name>', 'only events of this service')
    .option('--aggregate <id>', 'only events of this aggregate')
    .addOption(new Option('--state <state>', 'which ones').choices(['PARKED', 'DISCARDED', 'ALL']).default('PARKED'))
    .addOption(limitOption());

async function lettersOf(house: House, service: string, body: object) {
  const { letters, next } = await house.ask(service, '/internal/ops/dead-letters/list', body, letterList);
  return { rows: letters, next };
}

function listText({ service, letters, more }: { service: string; letters: Letter[]; more: boolean }): string {
  if (letters.length === 0) return '';
  const rows = letters.map(letter => [
    ...[letter.eventId, letter.speaker, letter.eventType, letter.aggregateId, `v${letter.version}`, letter.state],
    letter.error === null ? 'waits behind another' : oneLine(`${letter.kind ?? 'FAILED'}: ${letter.error}`),
  ]);
  const heading = ['event', 'said by', 'type', 'aggregate', '', 'state', 'why'];
  return `${service}\n${table(heading, rows)}${more ? '… and more (--limit)\n' : ''}\n`;
}

const show = (stage: Stage): Command =>
  houseCommand(
    stage,
    'show',
    'One of them, with the whole event.',
    async (house, _: Common, service: string, eventId: string) => {
      const path = '/internal/ops/dead-letters/show';
      const letter = await house.ask(knownService(house, service), path, { eventId }, letterInFull);
      return { data: letter, text: `${JSON.stringify(letter, null, 2)}\n` };
    },
  )
    .argument('<service>', 'the service that could not apply it')
    .argument('<event>', "the event's id");

const redrive = (stage: Stage): Command =>
  houseCommand(
    stage,
    'redrive',
    'Applies the parked events of an aggregate again, in order, until one fails. Exit code 1: one failed.',
    async (house, options: ActOptions, name: string, eventId: string | undefined) => {
      const service = knownService(house, name);
      if ((eventId === undefined) !== (options.all ?? false)) throw new Refusal('give either an event or --all', 2);
      const by = me(options.by);
      const { applied, failed } =
        eventId === undefined
          ? await redriveAll(house, stage, service, by)
          : await redriveOne(house, service, { eventId, by });
      if (failed.length > 0) stage.ends(exitCodes.failed);
      return outcome({ applied, failed });
    },
  )
    .argument('<service>', 'the service that could not apply it')
    .argument('[event]', 'the id of any parked event of the aggregate')
    .option('--all', 'all that this service has parked')
    .option(...byOption);

interface Outcome {
  applied: number;
  failed: { eventId: string; error: string }[];
}

async function redriveOne(house: House, service: string, body: { eventId: string; by: string }): Promise<Outcome> {
  const path = '/internal/ops/dead-letters/redrive';
  const { applied, error } = await house.ask(service, path, body, redriven, patience);
  return { applied, failed: error === null ? [] : [{ eventId: body.eventId, error }] };
}

/** An aggregate's line is redriven by the event that failed: whatever waits behind it comes along. */
async function redriveAll(house: House, stage: Stage, service: string, by: string): Promise<Outcome> {
  const { events } = await house.ask(service, '/internal/ops/status', {}, serviceStatus);
  const bar = progress(stage, 'redriving', events?.deadLetters.parked ?? 0);
  const all: Outcome = { applied: 0, failed: [] };
  try {
    const tried = new Set<string>();
    let after: string | null | undefined;
    while (after !== null) {
      const page = { state: 'PARKED', limit: 200, ...(after && { after }) };
      const { rows, next } = await lettersOf(house, service, page);
      for (const { speaker, aggregateId, eventId } of rows) {
        const line = `${speaker} ${aggregateId}`;
        if (tried.has(line)) continue;
        tried.add(line);
        const { applied, failed } = await redriveOne(house, service, { eventId, by });
        all.applied += applied;
        all.failed.push(...failed);
        bar.add(applied);
      }
      after = next;
    }
  } finally {
    bar.end();
  }
  return all;
}

const discard = (stage: Stage): Command =>
  houseCommand(
    stage,
    'discard',
    'Gives a parked event up for ever, and applies what waits behind it. It needs a --reason, which is kept with it.',
    async (house, options: ActOptions, name: string, eventId: string) => {
      const service = knownService(house, name);
      const { reason } = options;
      if (reason === undefined)
        throw new Refusal('what this event says is lost when it is discarded: give a --reason', 2);
      const body = { eventId, reason, by: me(options.by) };
      const path = '/internal/ops/dead-letters/discard';
      const { applied, error } = await house.ask(service, path, body, redriven, patience);
      if (error !== null) stage.ends(exitCodes.failed);
      const found = outcome({
        applied,
        failed: error === null ? [] : [{ eventId: 'the next of the aggregate', error }],
      });
      return { data: { discarded: eventId, ...(found.data as object) }, text: `Discarded ${eventId}.\n${found.text}` };
    },
  )
    .argument('<service>', 'the service that could not apply it')
    .argument('<event>', "the event's id")
    .option('--reason <text>', 'why nobody needs it')
    .option(...byOption);

function outcome({ applied, failed }: Outcome): Finding {
  const lines = [
    `${applied} ${applied === 1 ? 'event was' : 'events were'} applied.`,
    ...failed.map(({ eventId, error }) => `Parked again (${eventId}): ${oneLine(error, 300)}`),
  ];
  return { data: { applied, failed }, text: lines.map(line => `${line}\n`).join('') };
}
