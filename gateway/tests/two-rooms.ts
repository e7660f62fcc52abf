import { GraphQLError } from 'graphql';
import { setTimeout as pause } from 'node:timers/promises';
import { smallSubgraph, type SmallContext, type SmallSubgraph } from './small-house.ts';

const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';

const me = (_: unknown, __: unknown, { viewer }: SmallContext) =>
  viewer.userId === null ? null : { id: viewer.userId };

const doneAfter = async (_: unknown, { ms }: { ms: number }) => {
  await pause(ms);
  return 'done';
};

/** What drivers throw: addresses, names of collections, personal data. */
export const driverMessage =
  'E11000 duplicate key: mealprep360_users.users email_1 dup key: { email: "ana@example.org" } at 127.0.0.1:27017';

/** Two small subgraphs with an entity between them, and fields that go wrong in all the ways there are. */
export async function twoRooms(): Promise<{ users: SmallSubgraph; recipes: SmallSubgraph; stop: () => Promise<void> }> {
  const [users, recipes] = await Promise.all([usersRoom(), recipesRoom()]);
  const stop = async () => {
    await Promise.all([users.stop(), recipes.stop()]);
  };
  return { users, recipes, stop };
}

const usersRoom = () =>
  smallSubgraph(
    'users',
    `${federation}
    type Query { me: User @shareable, people(first: Int = 20): [User!]!, wrong: String, refused: String, unavailable: String }
    type Mutation { waitFor(ms: Int!): String }
    type User @key(fields: "id") { id: ID!, displayName: String }`,
    {
      Query: {
        me,
        people: () => ['1', '2', '3'].map(id => ({ id })),
        wrong: () => {
          throw new Error(driverMessage);
        },
        refused: () => {
          const userErrors = [{ code: 'TITLE_EMPTY', message: 'Give it a title.', path: ['title'] }];
          const secret = { hint: 'select * from users' };
          throw new GraphQLError('Give it a title.', { extensions: { code: 'TITLE_EMPTY', userErrors, secret } });
        },
        unavailable: async () => {
          await pause(1100);
          throw new GraphQLError('The users service cannot answer this now.', {
            extensions: { code: 'SERVICE_UNAVAILABLE' },
          });
        },
      },
      Mutation: {
        waitFor: doneAfter,
      },
      User: { displayName: ({ id }: { id: string }) => `Person ${id}` },
    },
  );

const recipesRoom = () =>
  smallSubgraph(
    'recipes',
    `${federation}
    type Query { me: User @shareable, recipe(id: ID!): Recipe, recipes(first: Int = 20): RecipeConnection }
    type Mutation { cookFor(ms: Int!): String }
    type Recipe { id: ID!, name: String, author: User, ingredients: [Ingredient!]! }
    type Ingredient { food: String, amount: Float }
    type RecipeConnection { nodes: [Recipe!]!, totalCount: Int! }
    type User @key(fields: "id") { id: ID!, recipes(first: Int = 20): RecipeConnection, broken: String }`,
    {
      Query: {
        me,
        recipe: (_: unknown, { id }: { id: string }) => ({
          id,
          name: `Recipe ${id}`,
          author: { id: '7' },
          ingredients: [],
        }),
        recipes: () => page,
      },
      Mutation: { cookFor: doneAfter },
      User: {
        recipes: () => page,
        broken: () => {
          throw new Error(driverMessage);
        },
      },
    },
  );

const page = { nodes: [{ id: '1', name: 'Recipe 1', author: { id: '7' }, ingredients: [] }], totalCount: 1 };
