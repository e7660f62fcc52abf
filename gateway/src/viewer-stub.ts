import type { Viewer } from '@mealprep360/service/tokens';
import { Kind, parse, type FieldNode, type SelectionSetNode } from 'graphql';

/** `me` as the viewer's token tells it: the id and nothing else; null for nobody. */
type Me = Record<string, unknown> | null;

/**
 * What a subgraph that does not answer would have said of `me` without looking anything up, under the names that the
 * query gives; undefined when the query does not ask for `me`. Its id has to come from one of the services, and must not
 * take the fields of all others with it when that one is away.
 */
export function viewerStub(query: string, { userId }: Viewer): Record<string, Me> | undefined {
  const [operation] = parse(query, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  const asked = fieldsOf(operation.selectionSet).filter(({ name }) => name.value === 'me');
  if (asked.length === 0) return undefined;
  const known = new Map([
    ['__typename', 'User'],
    ['id', userId],
  ]);
  const me = (field: FieldNode): Me =>
    userId === null
      ? null
      : Object.fromEntries(
          fieldsOf(field.selectionSet).flatMap(({ name, alias }) =>
            known.has(name.value) ? [[(alias ?? name).value, known.get(name.value)]] : [],
          ),
        );
  return Object.fromEntries(asked.map(field => [(field.alias ?? field.name).value, me(field)]));
}

const fieldsOf = (set: SelectionSetNode | undefined): FieldNode[] =>
  (set?.selections ?? []).filter(node => node.kind === Kind.FIELD);
