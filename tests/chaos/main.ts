import { parseArgs } from 'node:util';
import { crashes } from './crashes/groups.ts';
import { injectors } from './faults/all.ts';
import { countOf, reportOf } from './report.ts';
import { runChaos } from './run.ts';

const usage = `npm run chaos -- [--seed N] [--sagas N] [--faults N] [--only KIND]… [--no-crashes]

Starts a house of its own, lets people use it while things break, mends everything, and reads all databases for what
must hold. Ends with exit code 1 when something does not.

  --seed N      what breaks when, and who does what (default: the time)
  --sagas N     at least so many plans are asked for (default: 5000)
  --faults N    so many faults besides the crash points (default: 180)
  --only KIND   this kind of fault only; may be given several times
  --no-crashes  no process dies at a crash point
  --help        this text

Kinds: ${Object.keys(injectors).join('; ')}
`;

class BadInput extends Error {
  override readonly name = 'BadInput';
}

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const options = read(args);
    if (options === null) {
      process.stdout.write(usage);
      return 0;
    }
    const began = performance.now();
    const say = (line: string) =>
      process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0)} s  ${line}\n`);
    const result = await runChaos({ ...options, say });
    process.stdout.write(reportOf(result));
    return countOf(result) === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    process.stderr.write(`mealprep360: ${error.message} (--help tells more)\n`);
    return 1;
  }
}

function read(args: string[]) {
  const { values } = parse(args);
  if (values.help) return null;
  const unknown = values.only?.find(kind => !(kind in injectors));
  if (unknown !== undefined) throw new BadInput(`--only ${unknown}: there is no such kind`);
  return {
    seed: count('seed', values.seed) ?? Date.now() % 1e6,
    sagas: count('sagas', values.sagas) ?? 5000,
    faults: count('faults', values.faults) ?? 180,
    crashes: values['no-crashes'] ? { sideBySide: [], alone: [] } : crashes,
    ...(values.only && { kinds: values.only }),
  };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const only = { type: 'string', multiple: true } as const;
    return parseArgs({
      args,
      options: { seed: text, sagas: text, faults: text, only, 'no-crashes': flag, help: { ...flag, short: 'h' } },
    });
  } catch (error) {
    throw new BadInput(error instanceof Error ? error.message : String(error));
  }
}

function count(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new BadInput(`--${name} ${text}: give a whole number`);
  return Number(text);
}
