import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { compose } from '../src/compose.ts';
import { composedFile } from '../src/supergraph.ts';

const help = `pnpm compose: composes the subgraphs of supergraph.yaml into supergraph.graphql.

  --check        writes nothing; fails when supergraph.graphql is not what would be written
  --config FILE  another list of subgraphs; the supergraph is written beside it
  --help         this text

Prints every composition error and hint on a line of its own, and fails on any.
`;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      config: { type: 'string', default: 'supergraph.yaml' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const target = composedFile(values.config);
  const { sdl, problems } = await compose(values.config);
  problems.forEach(say);
  if (sdl === null) return 1;
  if (!values.check) {
    await writeFile(target, sdl);
    say(`${target} is written`);
    return 0;
  }
  if ((await readFile(target, 'utf8').catch(() => null)) === sdl) return 0;
  say(`${target} is not what ${values.config} composes to now: run pnpm compose and commit the result`);
  return 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
