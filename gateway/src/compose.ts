import { composeServices } from '@apollo/composition';
import { parse, type GraphQLError } from 'graphql';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

const { version } = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)('@apollo/composition/package.json'));

const supergraphList = z.strictObject({
  federation_version: z.literal(`=${version}`, {
    error: `must be =${version}, the version of @apollo/composition here, so that rover composes the same graph`,
  }),
  subgraphs: z.record(
    z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be a folder name'),
    z.strictObject({
      routing_url: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }),
      schema: z.strictObject({ file: z.string({ error: 'must name the schema file' }) }),
    }),
  ),
});

/** The supergraph as rover prints it, or the reasons why there is none: every error and every hint, one line each. */
export type Composition = { sdl: string; problems: [] } | { sdl: null; problems: string[] };

/** Composes the subgraphs that a supergraph.yaml (rover's format) lists; schema files are relative to it. */
export async function compose(listFile: string): Promise<Composition> {
  const list = supergraphList.safeParse(parseYaml(await readFile(listFile, 'utf8')));
  if (!list.success) {
    return failed(list.error.issues.map(issue => `${listFile}: ${issue.path.join('.')}: ${issue.message}`));
  }
  const schemas = await Promise.all(
    Object.entries(list.data.subgraphs).map(async ([name, { routing_url: url, schema }]) => {
      const file = resolve(dirname(listFile), schema.file);
      return { name, url, ...(await typeDefsOf(name, file)) };
    }),
  );
  const unreadable = schemas.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  if (unreadable.length > 0) return failed(unreadable);
  const composed = composeServices(
    schemas.flatMap(({ name, url, typeDefs }) => (typeDefs ? [{ name, url, typeDefs }] : [])),
  );
  if (composed.errors) return failed(composed.errors.map(errorLine));
  if (composed.hints.length > 0)
    return failed(composed.hints.map(hint => oneLine(`hint ${hint.definition.code}: ${hint.message}`)));
  return { sdl: `${composed.supergraphSdl}\n`, problems: [] };
}

const failed = (problems: string[]): Composition => ({ sdl: null, problems });

async function typeDefsOf(name: string, file: string) {
  try {
    return { typeDefs: parse(await readFile(file, 'utf8')) };
  } catch (error) {
    return { problem: oneLine(`error [${name}] ${file}: ${error instanceof Error ? error.message : String(error)}`) };
  }
}

const errorLine = (error: GraphQLError): string => oneLine(`error ${String(error.extensions.code)}: ${error.message}`);

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ');
