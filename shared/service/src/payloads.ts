import {
  defaultFieldResolver,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { Fault } from './fault.ts';

/** In every mutation whose payload has `userErrors`, a Fault becomes that payload: all else null, required lists empty. */
export function withUserErrors(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const payload = getNamedType(field.type);
    if (isObjectType(payload) && 'userErrors' in payload.getFields()) {
      field.resolve = guarded(field.resolve ?? defaultFieldResolver, emptyLists(payload));
    }
  }
  return schema;
}

type Resolver = GraphQLFieldResolver<unknown, unknown, Record<string, unknown>>;

const guarded =
  (resolve: Resolver, empty: Readonly<Record<string, readonly never[]>>): Resolver =>
  async (...request) => {
    try {
      return await resolve(...request);
    } catch (error) {
      if (error instanceof Fault && error.code !== 'UNAUTHENTICATED') return { ...empty, userErrors: error.userErrors };
      throw error;
    }
  };

const emptyLists = (payload: GraphQLObjectType): Record<string, readonly never[]> =>
  Object.fromEntries(
    Object.values(payload.getFields())
      .filter(({ type }) => isNonNullType(type) && isListType(type.ofType))
      .map(({ name }) => [name, []]),
  );
