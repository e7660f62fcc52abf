import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonSchema } from './json-schema.ts';
import type { Golden } from './review.ts';

const SCHEMA = '.schema.json';

/** Reads a folder of golden files: `<name>.schema.json` are schemas, other `<name>.json` are examples by what is special. */
export async function readGolden(folder: string): Promise<Golden> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.json'));
  const files = await Promise.all(
    names.map(async name => [name, JSON.parse(await readFile(join(folder, name), 'utf8')) as JsonSchema] as const),
  );
  const [schemas, examples] = [new Map<string, JsonSchema>(), new Map<string, JsonSchema>()];
  for (const [name, content] of files) {
    if (name.endsWith(SCHEMA)) schemas.set(name.slice(0, -SCHEMA.length), content);
    else examples.set(name.slice(0, -'.json'.length), content);
  }
  return { schemas, examples };
}

/** Writes what is promised from now on. */
export async function writePromises(folder: string, promises: ReadonlyMap<string, JsonSchema>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, schema] of promises) {
    await writeFile(join(folder, name + SCHEMA), `${JSON.stringify(schema, null, 2)}\n`);
  }
}
