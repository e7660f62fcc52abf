import { readModelNames, rebuildOf, type RebuildAnswer } from '@mealprep360/service/ops-messages';
import type { Command } from 'commander';
import { setTimeout as pause } from 'node:timers/promises';
import { byOption, houseCommand, knownService, me, type Common, type Stage } from '../command.ts';
import type { House } from '../house.ts';
import { progress } from '../progress.ts';
import { exitCodes, oneLine, table } from '../terminal.ts';

interface Options extends Common {
  by?: string;
}

type Done = RebuildAnswer & { name: string };

export const rebuild = (stage: Stage): Command =>
  houseCommand(
    stage,
    'rebuild',
    'Makes copies and projections anew from history while they are used, and tells whether they were what it tells. ' +
      'Exit code 3: one was not, and is mended.',
    async (house, options: Options, name: string, copy: string | undefined) => {
      const service = knownService(house, name);
      const names =
        copy === undefined
          ? (await house.ask(service, '/internal/ops/rebuild/names', {}, readModelNames)).names
          : [copy];
      const done: Done[] = [];
      for (const each of names) done.push(await rebuildOne(stage, house, service, { name: each, by: me(options.by) }));
      if (done.some(isDefect)) stage.ends(exitCodes.unwell);
      if (done.some(({ state }) => state === 'FAILED')) stage.ends(exitCodes.failed);
      return { data: done, text: textOf(service, done) };
    },
  )
    .argument('<service>', 'whose copies or projections')
    .argument('[copy]', 'one of them (default: all that the service has)')
    .option(...byOption);

const LOOK = 300;

/** Asks for it, and looks until it has ended; a rebuild that goes on already is joined. */
async function rebuildOne(stage: Stage, house: House, service: string, body: { name: string; by: string }) {
  const { name } = body;
  let found = (await house.ask(service, '/internal/ops/rebuild', body, rebuildOf)).rebuild;
  let bar: ReturnType<typeof progress> | null = null;
  let shown = 0;
  try {
    while (found !== null && (found.state === 'WAITING' || found.state === 'RUNNING')) {
      await pause(LOOK);
      found = (await house.ask(service, '/internal/ops/rebuild/show', { name }, rebuildOf)).rebuild;
      if (found === null || found.total === 0) continue;
      bar ??= progress(stage, `${service} ${name}`, found.total);
      bar.add(Math.max(0, found.events - shown));
      shown = Math.max(shown, found.events);
    }
  } finally {
    bar?.end();
  }
  if (found === null) throw new Error(`${service} has forgotten the rebuild of ${name}`);
  return { name, ...found };
}

const differs = ({ comparison }: Done): boolean =>
  comparison !== null && comparison.liveHash !== comparison.rebuiltHash;

const isDefect = (done: Done): boolean => done.isSameRevision && differs(done);

function textOf(service: string, done: readonly Done[]): string {
  if (done.length === 0) return `${service} has no copies and no projections.\n`;
  const heading = ['copy', 'state', 'events', 'rows', 'took', 'writers waited', 'as it was'];
  const lines = done.flatMap(one => {
    const { name, error, comparison } = one;
    if (one.state === 'FAILED') return [`${name} was not rebuilt: ${oneLine(error ?? 'nobody knows why', 300)}\n`];
    if (!isDefect(one) || comparison === null) return [];
    const { missing, extra, different, examples } = comparison;
    const counts = `${missing} rows missing, ${extra} too many, ${different} different`;
    return [`${name} was not what its history tells, and is mended: ${counts} (${examples.join(', ')})\n`];
  });
  return [table(heading, done.map(rowOf)), ...lines].join('');
}

function rowOf(done: Done): string[] {
  const { name, state, events, comparison, startedAt, finishedAt, paused, isSameRevision, revision } = done;
  const took = startedAt && finishedAt ? `${((finishedAt.getTime() - startedAt.getTime()) / 1000).toFixed(1)} s` : '-';
  const same = comparison === null ? '-' : differs(done) ? 'no' : 'yes';
  const asItWas = isSameRevision ? same : `is of revision ${revision} now`;
  const rows = comparison === null ? '-' : String(comparison.rows);
  return [name, state, String(events), rows, took, paused === null ? '-' : `${paused} ms`, asItWas];
}
