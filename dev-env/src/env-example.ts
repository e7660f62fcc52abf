// `pnpm env-example [--check]`: writes `.env.example` from the config schemas, or tells whether it is what they say.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { environmentExample } from '@mealprep360/service/config';
import { readRooms } from './rooms.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = join(root, '.env.example');

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const rooms = await readRooms(root);
const example = environmentExample(rooms.map(({ name, databasePrefix: prefix }) => ({ name, prefix })));

if (!values.check) {
  await writeFile(target, example);
} else if ((await readFile(target, 'utf8').catch(() => null)) !== example) {
  process.stderr.write('.env.example is not what the config schemas say: run pnpm env-example and commit the result\n');
  process.exitCode = 1;
}
