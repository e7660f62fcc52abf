import { parseArgs } from 'node:util';
import type { Figure, Row } from './figure.ts';
import { machine } from './machine.ts';
import { table } from './table.ts';

const usage = (command: string, figures: readonly Figure[]): string => `${command} [-- --only NAME …]

Measures, and prints each figure beside its bar. Ends with exit code 1 when a bar is missed.

  --only NAME   this figure only; may be given several times
  --help        this text

${figures.map(({ name, about }) => `  ${name.padEnd(12)}  ${about}`).join('\n')}
`;

/** Measures the figures that the arguments name, all of them if none; answers the exit code. */
export async function runFigures(command: string, figures: readonly Figure[], args: string[]): Promise<number> {
  const { only, help } = read(args);
  if (help) {
    process.stdout.write(usage(command, figures));
    return 0;
  }
  const unknown = only.find(name => !figures.some(figure => figure.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`mealprep360: --only ${unknown}: there are ${figures.map(({ name }) => name).join(', ')}.\n`);
    return 1;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  process.stdout.write(`On ${machine()}.\n`);
  const rows: Row[] = [];
  for (const figure of figures.filter(({ name }) => only.length === 0 || only.includes(name))) {
    try {
      rows.push(...(await measured(figure, stop.signal)));
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      process.stderr.write('Stopped.\n');
      return 130;
    }
  }
  const missed = rows.filter(({ holds }) => holds === false);
  process.stdout.write(`\n${missed.length === 0 ? 'All bars hold.' : `${missed.length} missed:\n${table(missed)}`}\n`);
  return missed.length === 0 ? 0 : 1;
}

async function measured({ name, about, run }: Figure, signal: AbortSignal): Promise<Row[]> {
  process.stdout.write(`\n${name}: ${about}\n`);
  // progress goes where it does not stand in the way of the table
  const rows = await run(progress => process.stderr.write(`  … ${progress}\n`), signal);
  process.stdout.write(`${table(rows)}\n`);
  return rows;
}

function read(args: string[]): { only: string[]; help: boolean } {
  try {
    const { only = [], help = false } = parseArgs({
      args,
      options: { only: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } },
    }).values;
    return { only, help };
  } catch (error) {
    process.stderr.write(`mealprep360: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
