import { Kind, parse, type ConstDirectiveNode } from 'graphql';
import { readFile } from 'node:fs/promises';
import { ConfigError } from '@mealprep360/service/config';

/** The composed graph, and where each of its subgraphs answers. */
export interface Supergraph {
  sdl: string;
  /** GraphQL addresses by subgraph name */
  urls: Readonly<Record<string, string>>;
}

/** Where the supergraph composed from a list of subgraphs lies: `supergraph.yaml` → `supergraph.graphql`. */
export const composedFile = (listFile: string): string => listFile.replace(/(\.ya?ml)?$/, '.graphql');

/** Reads the composed graph of a supergraph.yaml; `addresses` win over its routing URLs. Throws ConfigError. */
export async function readSupergraph(
  listFile: string,
  addresses: Readonly<Record<string, string>>,
): Promise<Supergraph> {
  const file = composedFile(listFile);
  const sdl = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`SUPERGRAPH_FILE: ${file} cannot be read: run pnpm compose`, { cause });
  });
  return { sdl, urls: { ...routingUrls(sdl), ...pick(addresses, Object.keys(routingUrls(sdl))) } };
}

// A supergraph names its subgraphs in `enum join__Graph { USERS @join__graph(name: "users", url: "…") }`.
function routingUrls(sdl: string): Record<string, string> {
  const graphs = parse(sdl).definitions.find(
    definition => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  );
  const values = graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : [];
  return Object.fromEntries(
    values.flatMap(({ directives }) => (directives ?? []).map(join => [argument(join, 'name'), argument(join, 'url')])),
  );
}

function argument(directive: ConstDirectiveNode, name: string): string {
  const value = directive.arguments?.find(given => given.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : '';
}

const pick = (all: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
