import type { ApolloServerPlugin } from '@apollo/server';
import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** The most that one operation may ask for. */
export const limits = {
  /** fields within fields */
  depth: 15,
  /** fields in the answer, if every list were as long as asked for */
  cost: 30_000,
  /** so that nobody tries a thousand passwords in one request */
  mutations: 10,
  /** of the query's text */
  tokens: 5000,
};

// A list that is not paged has a cap of its own; this is a usual length. No subgraph accepts a larger page.
const usualLength = 10;
const largestPage = 100;

interface Size {
  /** fields side by side at its top */
  fields: number;
  depth: number;
  cost: number;
}

/** Refuses, before it is planned, an operation that is too deep, asks for too much, or changes too much at once. */
export const limitsPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ schema, document, operation, request }) => {
        const fragments = new Map(
          document.definitions.flatMap(node =>
            node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
          ),
        );
        if (operation) refuseLarge(operation, operationSize(schema, operation, fragments, request.variables ?? {}));
        return Promise.resolve();
      },
    }),
};

function refuseLarge(operation: OperationDefinitionNode, { fields, depth, cost }: Size): void {
  if (operation.operation === OperationTypeNode.MUTATION && fields > limits.mutations) {
    throw refused('TOO_MANY_MUTATIONS', `One operation may hold ${limits.mutations} mutations at most.`);
  }
  if (depth > limits.depth) {
    throw refused('OPERATION_TOO_DEEP', `The operation is ${depth} levels deep; ${limits.depth} are allowed.`);
  }
  if (cost > limits.cost) {
    const advice = 'Ask for smaller pages, or for less within lists.';
    throw refused(
      'OPERATION_TOO_COSTLY',
      `The answer could hold ${cost} fields; ${limits.cost} are allowed. ${advice}`,
    );
  }
}

const refused = (code: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { status: 400 } } });

function operationSize(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): Size {
  // A fragment's size is the same wherever it stands: it is found once, however often it is spread.
  const found = new Map<string, Size>();

  const fragmentSize = (name: string): Size => {
    const known = found.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    const type = fragment && schema.getType(fragment.typeCondition.name.value);
    const size = fragment ? setSize(fragment.selectionSet, type, false) : { fields: 0, depth: 0, cost: 0 };
    found.set(name, size);
    return size;
  };
  const fieldSize = (node: FieldNode, parent: GraphQLNamedType | undefined, paged: boolean): Size => {
    const field = fieldOf(parent, node.name.value);
    if (!field || !node.selectionSet) return { fields: 1, depth: 1, cost: 1 };
    const page = pageSize(node, field, operation, variables);
    const inner = setSize(node.selectionSet, getNamedType(field.type), page !== null);
    const length = page ?? (isListType(getNullableType(field.type)) && !paged ? usualLength : 1);
    return { fields: 1, depth: inner.depth + 1, cost: 1 + length * inner.cost };
  };
  const setSize = (set: SelectionSetNode, parent: GraphQLNamedType | undefined, paged: boolean): Size => {
    const sizes = set.selections.map(node => {
      if (node.kind === Kind.FIELD) return fieldSize(node, parent, paged);
      if (node.kind === Kind.FRAGMENT_SPREAD) return fragmentSize(node.name.value);
      return setSize(
        node.selectionSet,
        node.typeCondition ? schema.getType(node.typeCondition.name.value) : parent,
        paged,
      );
    });
    return {
      fields: sum(sizes.map(({ fields }) => fields)),
      depth: Math.max(0, ...sizes.map(({ depth }) => depth)),
      cost: sum(sizes.map(({ cost }) => cost)),
    };
  };
  return setSize(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, false);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

// Introspection (`__schema`) has no field here: it costs one, and is off in production.
const fieldOf = (parent: GraphQLNamedType | undefined, name: string): GraphQLField<unknown, unknown> | undefined =>
  isCompositeType(parent) && (isObjectType(parent) || isInterfaceType(parent)) ? parent.getFields()[name] : undefined;

/** How many of a paged field are asked for; null for one that has no `first`. */
function pageSize(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number | null {
  const argument = field.args.find(({ name }) => name === 'first');
  if (!argument) return null;
  const given = node.arguments?.find(({ name }) => name.value === 'first')?.value;
  const value =
    given?.kind === Kind.INT
      ? Number(given.value)
      : given?.kind === Kind.VARIABLE
        ? (variables[given.name.value] ?? defaultOf(operation, given.name.value))
        : argument.defaultValue;
  // What is out of range is refused by the subgraph, with a code of its own.
  return typeof value === 'number' ? Math.min(Math.max(value, 1), largestPage) : largestPage;
}

function defaultOf(operation: OperationDefinitionNode, variable: string): number | undefined {
  const definition = operation.variableDefinitions?.find(({ variable: { name } }) => name.value === variable);
  return definition?.defaultValue?.kind === Kind.INT ? Number(definition.defaultValue.value) : undefined;
}
