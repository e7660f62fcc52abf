import {
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { ENTITIES, isConnection, type ListField, type Step } from './list-fields.ts';

/** Values for arguments by their coordinate: `{ 'Query.recipe.id': … }`; for references `{ '_entities.Recipe': ids }`. */
export type Arguments = Readonly<Record<string, unknown>>;

export interface Operation {
  document: string;
  variables: Record<string, unknown>;
}

/** how many are asked for of a connection that is measured, and of each that stands beneath it */
const FIRST = 50;
const FIRST_BENEATH = 5;
/** how many levels of objects are asked for beneath the entries of the list */
const DEPTH = 2;
const LEAVES = -1;

interface Writer {
  schema: GraphQLSchema;
  given: Arguments;
  /**
   * The types asked for so far. Met again, only their scalars are asked for: two ways to one type would read by
   * one loader at two times, and whether these fall into one command is chance.
   */
  asked: Set<string>;
  /** the variables used so far, each with its declaration */
  used: Map<string, { declared: string; value: unknown }>;
}

/** A query for one list: its entries with every scalar and all objects two levels deep that need no other arguments. */
export function operationFor(schema: GraphQLSchema, list: ListField, given: Arguments): Operation {
  const asked = new Set(list.path.map(({ type }) => type));
  const writer: Writer = { schema, given, asked, used: new Map() };
  const [root] = list.path;
  const body = root?.type === ENTITIES ? byReference(writer, list.path, root) : alongPath(writer, list.path);
  const declared = [...writer.used].map(([name, variable]) => `$${name}: ${variable.declared}`).join(', ');
  return {
    document: `query${declared === '' ? '' : `(${declared})`} { ${body} }`,
    variables: Object.fromEntries([...writer.used].map(([name, { value }]) => [name, value])),
  };
}

function byReference(writer: Writer, path: readonly Step[], { field }: Step): string {
  const ids = writer.given[`${ENTITIES}.${field}`];
  const value = (Array.isArray(ids) ? ids : []).map((id: unknown) => ({ __typename: field, id }));
  writer.used.set('references', { declared: '[_Any!]!', value });
  const rest = path.slice(1);
  const inner = rest.length > 0 ? `{ ${alongPath(writer, rest)} }` : selection(writer, objectOf(writer, field), DEPTH);
  return `_entities(representations: $references) { ... on ${field} ${inner} }`;
}

function alongPath(writer: Writer, path: readonly Step[]): string {
  const [step, ...rest] = path;
  if (step === undefined) throw new Error('an empty path leads to no list');
  const parent = objectOf(writer, step.type);
  const field = parent.getFields()[step.field];
  const passed = field && argumentsOf(writer, parent, field, FIRST);
  if (!field || passed === undefined) throw new Error(`no seed gives the arguments of ${step.type}.${step.field}`);
  const target = getNamedType(field.type);
  // a connection and its entries are one list: the entries are the next level
  const depth = isConnection(target) ? DEPTH + 1 : DEPTH;
  if (rest.length === 0) return `${field.name}${passed} ${selection(writer, target, depth)}`;
  const inner = alongPath(writer, rest);
  return `${field.name}${passed} { ${isUnionType(target) ? `... on ${rest[0]?.type ?? ''} { ${inner} }` : inner} }`;
}

/** Everything of a type, so many levels of objects deep; empty where there is nothing to choose. */
function selection(writer: Writer, type: GraphQLNamedType, depth: number): string {
  if (isUnionType(type)) {
    const members = writer.schema
      .getPossibleTypes(type)
      .map(each => `... on ${each.name} ${selection(writer, each, depth)}`);
    return `{ __typename ${members.join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  writer.asked.add(type.name);
  const fields = Object.values(type.getFields()).map(field => beneath(writer, type, field, depth));
  return `{ __typename ${fields.join(' ')} }`;
}

function beneath(
  writer: Writer,
  parent: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  depth: number,
): string {
  const target = getNamedType(field.type);
  const left = isPaging(target) ? depth : depth - 1;
  if (!isLeafType(target) && left < 0) return '';
  const passed = argumentsOf(writer, parent, field, FIRST_BENEATH);
  if (passed === undefined) return '';
  return `${field.name}${passed} ${selection(writer, target, writer.asked.has(target.name) ? LEAVES : left)}`;
}

const isPaging = (type: GraphQLNamedType): boolean => /(Connection|Edge|PageInfo)$/.test(type.name);

/** The arguments that are given, as variables; undefined when one is missing that the field needs. */
function argumentsOf(
  writer: Writer,
  parent: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  first: number,
): string | undefined {
  const passed: string[] = [];
  for (const argument of field.args) {
    const at = `${parent.name}.${field.name}.${argument.name}`;
    const isFirst = argument.name === 'first';
    if (isFirst || at in writer.given) {
      const name = isFirst ? `first${first}` : at.replaceAll('.', '_');
      writer.used.set(name, { declared: String(argument.type), value: isFirst ? first : writer.given[at] });
      passed.push(`${argument.name}: $${name}`);
    } else if (isRequiredArgument(argument)) return undefined;
  }
  return passed.length === 0 ? '' : `(${passed.join(', ')})`;
}

function objectOf({ schema }: Writer, name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type of this schema`);
  return type;
}
