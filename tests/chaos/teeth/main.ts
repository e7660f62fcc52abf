import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { copyOfHouse } from './copy-of-house.ts';
import type { StormName } from './storms.ts';
import { rivals, safeguards } from './teeth.ts';
import type { Tooth } from './tooth.ts';
import { weather, type Outcome } from './weather.ts';

const teeth = [...rivals, ...safeguards];
const usage = `npm run chaos:teeth -- [--only NAME]… [--verbose]

Takes one safeguard after the other out of a copy of this tree, or puts another bus in the place of ours, and lets
things break: the checker of chaos has to find what the safeguard is for. The tree as it is goes through the same with
nothing found, and a rival bus works while nothing breaks. Ends with exit code 1 when that is not so.

  --only NAME   this one only; may be given several times
  --verbose     also tells what happens meanwhile
  --help        this text

Names: ${teeth.map(({ name }) => name).join('; ')}
`;

const root = fileURLToPath(new URL('../../..', import.meta.url));

class BadInput extends Error {
  override readonly name = 'BadInput';
}

interface Line {
  what: string;
  storm: string;
  seconds: number;
  /** whether it came as it has to */
  isRight: boolean;
  /** what came */
  found: string;
}

async function main(args: string[]): Promise<number> {
  try {
    const options = read(args);
    if (options === null) {
      process.stdout.write(usage);
      return 0;
    }
    const lines = await bite(options.chosen, options.verbose);
    process.stdout.write(tableOf(lines));
    return lines.every(({ isRight }) => isRight) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    process.stderr.write(`mealprep360: ${error.message} (--help tells more)\n`);
    return 1;
  }
}

function read(args: string[]): { chosen: Tooth[]; verbose: boolean } | null {
  const { values } = parse(args);
  if (values.help) return null;
  const unknown = values.only?.find(name => !teeth.some(tooth => tooth.name === name));
  if (unknown !== undefined) throw new BadInput(`--only ${unknown}: there is no such tooth`);
  const chosen = teeth.filter(({ name }) => values.only?.includes(name) ?? true);
  return { chosen, verbose: values.verbose === true };
}

function parse(args: string[]) {
  const flag = { type: 'boolean' } as const;
  try {
    const only = { type: 'string', multiple: true } as const;
    return parseArgs({ args, options: { only, verbose: flag, help: { ...flag, short: 'h' } } });
  } catch (error) {
    throw new BadInput(error instanceof Error ? error.message : String(error));
  }
}

async function bite(chosen: readonly Tooth[], verbose: boolean): Promise<Line[]> {
  const lines: Line[] = [];
  const add = (line: Line): void => {
    lines.push(line);
    process.stderr.write(`${lineOf(line)}\n`);
  };
  for (const storm of new Set(chosen.map(tooth => tooth.storm))) {
    add(await nothingFound('all safeguards', root, storm, verbose));
  }
  for (const tooth of chosen) {
    const { folder, remove } = copyOfHouse(root, tooth);
    process.once('exit', remove);
    try {
      if (rivals.includes(tooth)) add(await nothingFound(tooth.name, folder, 'calm', verbose));
      add(await found(tooth, folder, verbose));
    } finally {
      process.off('exit', remove);
      remove();
    }
  }
  return lines;
}

/** A storm in which all has to hold. What a rival bus does not keep for the checker to see is not what is asked. */
async function nothingFound(what: string, folder: string, storm: StormName, verbose: boolean): Promise<Line> {
  const began = performance.now();
  const outcome = await weather(folder, storm, verbose);
  const line = { what, storm, seconds: (performance.now() - began) / 1000 };
  if (typeof outcome === 'string') return { ...line, isRight: false, found: outcome };
  const open = folder === root ? outcome.open : [];
  const broken = [...Object.values(outcome.violations).flat(), ...open];
  return {
    ...line,
    isRight: broken.length === 0,
    found: countsOf(outcome) || open.join('; ') || 'nothing, as it has to be',
  };
}

/** A storm that has to show what a safeguard is for. */
async function found(tooth: Tooth, folder: string, verbose: boolean): Promise<Line> {
  const began = performance.now();
  const outcome = await weather(folder, tooth.storm, verbose);
  const line = { what: `without ${tooth.name}`, storm: tooth.storm, seconds: (performance.now() - began) / 1000 };
  if (rivals.includes(tooth)) line.what = tooth.name;
  if (typeof outcome === 'string') return { ...line, isRight: false, found: outcome };
  const isRight = tooth.breaks.every(name => (outcome.violations[name] ?? []).length > 0);
  return { ...line, isRight, found: countsOf(outcome) || 'nothing' };
}

/** What was broken, how often, and the first of each. */
const countsOf = ({ violations }: Outcome): string =>
  Object.entries(violations)
    .filter(([, own]) => own.length > 0)
    .map(([name, own]) => `${own.length} × ${name} (${own[0] ?? ''})`)
    .join('; ');

const lineOf = ({ what, storm, seconds, isRight, found: text }: Line): string =>
  `${isRight ? 'ok  ' : 'FAIL'}  ${what.padEnd(34)} ${storm.padEnd(24)} ${seconds.toFixed(0).padStart(4)} s  ${text}`;

const tableOf = (lines: readonly Line[]): string => `${lines.map(lineOf).join('\n')}\n`;

// the storm that is under way ends with this process, and its copy goes
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
process.exitCode = await main(process.argv.slice(2));
