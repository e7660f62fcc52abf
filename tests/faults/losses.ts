import {
  buildSchema,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ConstDirectiveNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
} from 'graphql';
import { readFileSync } from 'node:fs';

const supergraph = buildSchema(readFileSync('supergraph.graphql', 'utf8'), { assumeValidSDL: true });

/** What an answer lacks that the healthy one has (paths without indexes), and where the two differ otherwise. */
export interface Difference {
  lost: string[];
  changed: string[];
}

export function differences(healthy: unknown, answer: unknown): Difference {
  const lost = new Set<string>();
  const changed = new Set<string>();
  const compare = (before: unknown, now: unknown, path: string): void => {
    if (before === now) return;
    if (now === null || now === undefined) lost.add(path);
    else if (Array.isArray(before) && Array.isArray(now) && before.length === now.length) {
      before.forEach((each, index) => {
        compare(each, now[index], path);
      });
    } else if (isRecord(before) && isRecord(now)) {
      for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
        compare(before[key], now[key], path === '' ? key : `${path}.${key}`);
      }
    } else changed.add(path);
  };
  compare(healthy, answer, '');
  return { lost: [...lost].sort(), changed: [...changed].sort() };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The services that may take each field of an operation with them, by its path in the answer: those that resolve it,
 * and those that own a non-null field of the entity to which it leads: nullable, it is as far as that null travels.
 */
export function ownersOf(operation: string): Map<string, ReadonlySet<string>> {
  const owners = new Map<string, ReadonlySet<string>>();
  const path: string[] = [];
  const types = new TypeInfo(supergraph);
  visit(
    parse(operation),
    visitWithTypeInfo(types, {
      Field: {
        enter: node => {
          path.push((node.alias ?? node.name).value);
          const [parent, field] = [types.getParentType(), types.getFieldDef()];
          if (!parent || !field) return;
          const carried = stopsNull(field.type) ? ownersWithin(node, getNamedType(field.type)) : [];
          owners.set(path.join('.'), new Set([...soleResolver(parent, field), ...carried]));
        },
        leave: () => void path.pop(),
      },
    }),
  );
  return owners;
}

/** The services that resolve a field, by its coordinate (`User.mealPlans`). */
export function ownersOfField(coordinate: string): ReadonlySet<string> {
  const [type = '', name = ''] = coordinate.split('.');
  const parent = supergraph.getType(type);
  const field = isObjectType(parent) ? parent.getFields()[name] : undefined;
  if (!parent || !field) throw new Error(`the graph has no ${coordinate}`);
  return new Set(soleResolver(parent, field));
}

/** Whether a null within goes no further: `Recipe`, `[Recipe]!` and `[Recipe!]`, but not `[Recipe!]!`. */
const stopsNull = (type: GraphQLOutputType): boolean =>
  !isNonNullType(type) || (isListType(type.ofType) && stopsNull(type.ofType.ofType));

/** The service that resolves a field; none where several do (`me`, a key): it falls with none of them. */
function soleResolver(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): string[] {
  const named = graphsIn(field.astNode?.directives ?? [], 'join__field');
  const graphs = named.length > 0 ? named : graphsIn(parent.astNode?.directives ?? [], 'join__type');
  return graphs.length === 1 ? graphs : [];
}

function ownersWithin({ selectionSet }: FieldNode, type: GraphQLNamedType): string[] {
  if (!isObjectType(type)) return [];
  const fields = (selectionSet?.selections ?? []).flatMap(node =>
    node.kind === Kind.FIELD ? [type.getFields()[node.name.value]] : [],
  );
  return fields.flatMap(field => {
    if (field === undefined || !isNonNullType(field.type)) return [];
    return soleResolver(type, field);
  });
}

function graphsIn(directives: readonly ConstDirectiveNode[], name: string): string[] {
  const graphs = directives
    .filter(directive => directive.name.value === name)
    .flatMap(({ arguments: given = [] }) => given.filter(argument => argument.name.value === 'graph'))
    .flatMap(({ value }) => (value.kind === Kind.ENUM ? [value.value.toLowerCase()] : []));
  return [...new Set(graphs)];
}
