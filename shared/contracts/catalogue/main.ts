// `pnpm run asyncapi [--golden | --check]`: what the services say, as a document and as promises that are kept.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { asyncapi, yamlOf } from './asyncapi.ts';
import { contracts, sayings } from './contracts.ts';
import { readGolden, writePromises } from './golden.ts';
import { review } from './review.ts';

const help = `pnpm run asyncapi: holds the events and commands to their golden files, and writes shared/contracts/asyncapi.yaml.

  --golden  also writes the golden schemas of new events and versions, and adds new fields to those that are there;
            what a golden file promises is never taken out of it
  --check   writes nothing; fails when asyncapi.yaml or a golden file is not what would be written
  --help    this text

Fails, and writes nothing, when a contract breaks what a golden file promises.
`;

const here = fileURLToPath(new URL('..', import.meta.url));
const folder = join(here, 'golden');
const target = join(here, 'asyncapi.yaml');

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ options: { golden: flag, check: flag, help: flag } });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const golden = await readGolden(folder);
  const { problems, promises } = review(golden, contracts);
  const isWriting = values.golden && !values.check;
  const faults = [
    ...problems,
    ...[...promises.keys()]
      .filter(() => !isWriting)
      .map(name => `${name} is more than its golden schema promises: run pnpm run asyncapi --golden and commit it.`),
  ];
  faults.forEach(say);
  if (faults.length > 0) return 1;
  const document = yamlOf(asyncapi(sayings, contracts.commands, golden));
  if (values.check) {
    if ((await readFile(target, 'utf8').catch(() => null)) === document) return 0;
    say('asyncapi.yaml is not what the contracts say: run pnpm run asyncapi and commit the result');
    return 1;
  }
  await writePromises(folder, promises);
  await writeFile(target, document);
  say(
    `shared/contracts/asyncapi.yaml is written${promises.size > 0 ? `, and what ${[...promises.keys()].join(', ')} promise` : ''}`,
  );
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
