import {
  buildASTSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  isUnionType,
  Kind,
  parse,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { readFileSync } from 'node:fs';

/** One field on the way from a root to a list; of type `_entities` where the way starts at a reference. */
export interface Step {
  type: string;
  field: string;
}

/** A list in a schema, by its coordinate (`Recipe.reviews`, `_entities.Recipe`), and the shortest way to it. */
export interface ListField {
  name: string;
  path: readonly Step[];
}

/** The type of a step that starts at references, as the gateway sends them. */
export const ENTITIES = '_entities';

/** A subgraph's schema as it stands in its file; the directives of federation are kept, and not understood. */
export const readSchema = (room: string): GraphQLSchema =>
  buildASTSchema(parse(readFileSync(`subgraphs/${room}/schema.graphql`, 'utf8')), {
    assumeValid: true,
    assumeValidSDL: true,
  });

/** Every list that a query can reach, a connection being one list, and every entity that can be asked for by reference. */
export function listFields(schema: GraphQLSchema): ListField[] {
  const entities = Object.values(schema.getTypeMap()).filter(isEntity);
  const references = entities.map(({ name }) => ({ type: ENTITIES, field: name }));
  const query = schema.getQueryType();
  const seen = new Set<string>();
  const lists = query ? walk(schema, query, [], seen) : [];
  // an entity that no query reaches is reached by reference
  for (const [index, entity] of entities.entries()) {
    const reference = references[index];
    if (reference && !seen.has(entity.name)) lists.push(...walk(schema, entity, [reference], seen));
  }
  return [...lists, ...references.map(step => ({ name: coordinate(step), path: [step] }))];
}

export const coordinate = ({ type, field }: Step): string => `${type}.${field}`;

/** A page of a list: it holds `edges`, `nodes` and what is said of the page. */
export const isConnection = (type: GraphQLNamedType): boolean => type.name.endsWith('Connection');

function walk(schema: GraphQLSchema, root: GraphQLObjectType, way: readonly Step[], seen: Set<string>): ListField[] {
  const lists: ListField[] = [];
  const queue: [GraphQLObjectType, readonly Step[]][] = [[root, way]];
  seen.add(root.name);
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [type, path] = next;
    for (const field of Object.values(type.getFields())) {
      const here = [...path, { type: type.name, field: field.name }];
      if (isListed(type, field.type)) lists.push({ name: `${type.name}.${field.name}`, path: here });
      for (const target of objectsIn(schema, field.type).filter(({ name }) => !seen.has(name))) {
        seen.add(target.name);
        queue.push([target, here]);
      }
    }
  }
  return lists;
}

const isListed = (parent: GraphQLObjectType, type: GraphQLOutputType): boolean =>
  !isConnection(parent) && (isListType(getNullableType(type)) || isConnection(getNamedType(type)));

function objectsIn(schema: GraphQLSchema, type: GraphQLOutputType): readonly GraphQLObjectType[] {
  const named = getNamedType(type);
  if (isUnionType(named)) return schema.getPossibleTypes(named);
  return isObjectType(named) ? [named] : [];
}

/** Whether a type can be resolved here by a reference. */
function isEntity(type: GraphQLNamedType): type is GraphQLObjectType {
  if (!isObjectType(type)) return false;
  const keys = type.astNode?.directives?.filter(({ name }) => name.value === 'key') ?? [];
  return keys.some(
    key =>
      !key.arguments?.some(
        ({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
      ),
  );
}
