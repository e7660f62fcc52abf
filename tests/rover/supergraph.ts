// Stands in for rover's composition plugin, which is downloaded on first use and so is not there offline: called as
// `supergraph-v2.14.4 compose resolved.yaml`, it prints the plugin's answer in JSON, over the same @apollo/composition.
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import type { ASTNode } from 'graphql';
import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

const resolved = z.object({
  subgraphs: z.record(z.string(), z.object({ routing_url: z.string(), schema: z.object({ sdl: z.string() }) })),
});

const [command, file = ''] = process.argv.slice(2);
if (command !== 'compose') throw new Error(`rover asked for ${JSON.stringify(process.argv.slice(2))}, not for compose`);
const { subgraphs } = resolved.parse(parseYaml(readFileSync(file, 'utf8')));

const composed = composeServices(
  Object.entries(subgraphs).map(([name, { routing_url: url, schema }]) => ({ name, url, typeDefs: parse(schema.sdl) })),
);

/** Where in which subgraph, as rover shows it. */
const places = (nodes: readonly (ASTNode & { subgraph?: string })[] = []) =>
  nodes.map(({ subgraph = null, loc }) => ({
    subgraph,
    source: loc?.source.body ?? null,
    start: loc ? { start: loc.start, line: loc.startToken.line, column: loc.startToken.column } : null,
    end: loc ? { end: loc.end, line: loc.endToken.line, column: loc.endToken.column } : null,
  }));

const answer = composed.errors
  ? {
      Err: {
        build_errors: composed.errors.map(({ message, extensions, nodes }) => ({
          message,
          code: String(extensions.code),
          type: 'composition',
          nodes: places(nodes),
          omittedNodesCount: 0,
        })),
      },
    }
  : {
      Ok: {
        supergraphSdl: composed.supergraphSdl,
        hints: composed.hints.map(({ message, definition, nodes }) => ({
          message,
          code: definition.code,
          nodes: places(nodes),
          omittedNodesCount: 0,
        })),
      },
    };

process.stdout.write(JSON.stringify(answer));
process.exitCode = composed.errors ? 1 : 0;
