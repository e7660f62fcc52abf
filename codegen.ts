import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from '@eddeee888/gcg-typescript-resolver-files';
import type { CodegenConfig } from '@graphql-codegen/cli';

const rooms = readdirSync('subgraphs', { withFileTypes: true })
  .filter(entry => entry.isDirectory() && existsSync(`subgraphs/${entry.name}/schema.mappers.ts`))
  .map(entry => entry.name)
  // ROOM=users generates one room only
  .filter(name => !process.env.ROOM || name === process.env.ROOM);

/** Only types that a record stands behind have a resolver file; all others are answered by their fields. */
const mapped = (room: string): string[] =>
  [
    ...readFileSync(`subgraphs/${room}/schema.mappers.ts`, 'utf8').matchAll(/export (?:interface|type) (\w+)Mapper\b/g),
  ].map(match => match[1] ?? '');

const generates: NonNullable<CodegenConfig['generates']> = {};
for (const room of rooms) {
  generates[`subgraphs/${room}/src`] = {
    ...defineConfig({
      mode: 'merged',
      resolverRelativeTargetDir: 'resolvers',
      resolverMainFile: 'generated/resolvers.ts',
      resolverTypesPath: './generated/types.ts',
      typeDefsFilePath: 'generated/type-defs.ts',
      mappersFileExtension: '.mappers.ts',
      resolverGeneration: {
        query: '*',
        mutation: '*',
        subscription: '*',
        scalar: '*',
        object: `*.{${mapped(room).join(',')},_}`,
        union: '',
        interface: '',
        enum: '',
      },
      mergeSchema: false,
      scalarsOverrides: { ID: { type: 'string' } },
      importExtension: '.ts',
      // it would write answers into our files that answer nothing
      fixObjectTypeResolvers: 'disabled',
      typesPluginsConfig: {
        useTypeImports: true,
        contextType: '../context.ts#Context',
        enumsAsTypes: true,
        federation: true,
        defaultScalarType: 'unknown',
        maybeValue: 'T | null',
        inputMaybeValue: 'T | null | undefined',
        avoidOptionals: { field: true, inputValue: false, object: true, defaultValue: true },
      },
    }),
    schema: `subgraphs/${room}/schema.graphql`,
  };
}

const config: CodegenConfig = { generates, silent: true };
export default config;
