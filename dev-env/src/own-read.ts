import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildASTSchema, getNamedType, isLeafType, isObjectType, isRequiredArgument, parse } from 'graphql';
import type { GraphQLField, GraphQLNamedType } from 'graphql';
import { Obstacle } from './obstacle.ts';

/**
 * What this subgraph alone answers of a viewer, as it stands within `me { … }` (`displayName`, `recipes { totalCount }`):
 * the first field of User in its schema file that needs no argument; undefined where there is none. Throws an Obstacle
 * when the file cannot be read.
 */
export async function ownRead(root: string, room: string): Promise<string | undefined> {
  const file = join(root, 'subgraphs', room, 'schema.graphql');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Obstacle(`${file} cannot be read: it tells what ${room} can be asked for.`);
  });
  // the directives of federation are kept, and not understood
  const schema = buildASTSchema(parse(text), { assumeValid: true, assumeValidSDL: true });
  const own = fieldsOf(schema.getType('User')).find(isOwn);
  if (own === undefined) return undefined;
  const type = getNamedType(own.type);
  if (isLeafType(type)) return own.name;
  const leaf = fieldsOf(type).find(field => isLeafType(getNamedType(field.type)));
  return `${own.name} { ${leaf?.name ?? '__typename'} }`;
}

type Field = GraphQLField<unknown, unknown>;

/** The fields of an object that can be asked for by their name alone. */
const fieldsOf = (type: GraphQLNamedType | undefined): Field[] =>
  isObjectType(type) ? Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument)) : [];

/** The others may be answered by another subgraph, or by the gateway itself. */
const isOwn = ({ name, astNode }: Field): boolean =>
  name !== 'id' && !astNode?.directives?.some(({ name }) => ['external', 'shareable'].includes(name.value));
