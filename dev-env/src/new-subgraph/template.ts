// The smallest room that has all the furniture: one collection, one field of User, and a test of both.

/** The files of a room of this name, by their path in it. */
export function roomFiles(name: string): Record<string, string> {
  const names: Names = {
    name,
    Name: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    PREFIX: `${name.toUpperCase()}_DB_`,
  };
  return {
    'README.md': readme(names),
    'package.json': packageJson(names),
    'schema.graphql': schema(names),
    'schema.mappers.ts': 'export type UserMapper = { id: string };\n',
    'start.ts': start(names),
    'src/index.ts': manifest(names),
    'src/context.ts': context(names),
    'src/loaders.ts': loaders(),
    [`src/models/${name}-entry.ts`]: model(names),
    'src/resolvers/Query/me.ts': me,
    'src/resolvers/User.ts': user(names),
    [`tests/${name}.test.ts`]: test(names),
  };
}

interface Names {
  /** drinks */
  name: string;
  /** Drinks */
  Name: string;
  /** DRINKS_DB_ */
  PREFIX: string;
}

const readme = ({ name, PREFIX }: Names) => `# ${name}

What this room is for, in one sentence.

## Owns

| collection | what it is |
| ---------- | ---------- |
| \`${name}_entries\` | what belongs to one user: one row each |

## Says

Nothing.

## Hears

Nothing.

## Does

Nothing that others ask for.

## Environment

\`${PREFIX}HOST|PORT|NAME|USER|PASS|URI|READ_PREFERENCE\`
`;

const packageJson = ({ name }: Names) => `{
  "name": "@mealprep360/${name}",
  "version": "0.1.0",
  "license": "MIT",
  "private": true,
  "type": "module",
  "exports": {
    "./*": "./src/*.ts"
  },
  "dependencies": {
    "@mealprep360/events": "workspace:*",
    "@mealprep360/mongo": "workspace:*",
    "@mealprep360/service": "workspace:*",
    "dataloader": "2.2.3",
    "graphql": "16.15.0"
  },
  "devDependencies": {
    "@mealprep360/testing": "workspace:*",
    "vitest": "5.1.1"
  }
}
`;

const schema = ({
  name,
}: Names) => `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])

type Query {
  "the signed-in user; null when anonymous. Every subgraph answers it from the viewer alone, so no part of it hangs on another service"
  me: User @shareable
}

"what is public of a person; the private fields are null, without an error, unless the viewer is this user or an operator"
type User @key(fields: "id") {
  id: ID!
  "how many entries of ${name} are this user's; private"
  ${name}Count: Int
}
`;

const start = ({ name }: Names) => `import { run } from '@mealprep360/service/run';
import { ${name} } from './src/index.ts';

await run(${name});
`;

const manifest = ({ name, PREFIX }: Names) => `import type { Subgraph } from '@mealprep360/service/subgraph';
import { context, work, type Context, type Work } from './context.ts';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';
import { ${name}EntryCollection } from './models/${name}-entry.ts';

export const ${name}: Subgraph<Work, Context> = {
  name: '${name}',
  envPrefix: '${PREFIX}',
  typeDefs,
  resolvers,
  collections: [${name}EntryCollection],
  context,
  work,
  heardBy: [],
};
`;

const context = ({ name }: Names) => `import type { Tx } from '@mealprep360/events/unit-of-work';
import type { Database } from '@mealprep360/mongo/database';
import type { Scope } from '@mealprep360/service/subgraph';
import { loaders, type Loaders } from './loaders.ts';
import { ${name}EntryCollection } from './models/${name}-entry.ts';

const models = (db: Database) => ({ entries: db.model(${name}EntryCollection) });

export type Models = ReturnType<typeof models>;

/** What a transaction of this room works with: every command in it takes \`{ session: work.session }\`. */
export type Work = Tx & Models;

/** What a resolver works with. */
export interface Context extends Scope<Work> {
  models: Models;
  loaders: Loaders;
}

export const work = (tx: Tx): Work => ({ ...tx, ...models(tx.db) });

export const context = (scope: Scope<Work>): Context => {
  const read = models(scope.db);
  return { ...scope, models: read, loaders: loaders(read) };
};
`;

const loaders = () => `import DataLoader from 'dataloader';
import type { Models } from './context.ts';

export type Loaders = ReturnType<typeof loaders>;

/** One set of loaders for each request: what a list asks for is read in one command for the whole list. */
export const loaders = ({ entries }: Models) => ({
  entryCount: new DataLoader<string, number>(async userIds => {
    const rows = await entries.aggregate<{ _id: string; count: number }>([
      { $match: { userId: { $in: [...userIds] } } },
      { $group: { _id: '$userId', count: { $sum: 1 } } },
    ]);
    const counts = new Map(rows.map(row => [row._id, row.count]));
    return userIds.map(id => counts.get(id) ?? 0);
  }),
});
`;

const model = ({ name, Name }: Names) => `import { collection } from '@mealprep360/mongo/collection';

export interface ${Name}EntryRecord {
  _id: string;
  userId: string;
  createdAt: Date;
}

export const ${name}EntryCollection = collection<${Name}EntryRecord>(
  '${name}_entries',
  {
    userId: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  [[{ userId: 1 }]],
);
`;

const me = `import type { QueryResolvers } from '../../generated/types.ts';

export const me: NonNullable<QueryResolvers['me']> = (_, __, { viewer }) =>
  viewer.userId === null ? null : { id: viewer.userId };
`;

const user = ({ name }: Names) => `import { maySeePrivate } from '@mealprep360/service/viewer';
import type { UserResolvers } from '../generated/types.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  ${name}Count: (user, _, { loaders, viewer }) =>
    maySeePrivate(viewer, user.id) ? loaders.entryCount.load(user.id) : null,
};
`;

const test = ({ name }: Names) => `import { newId } from '@mealprep360/mongo/id';
import { openRooms, room, type Rooms } from '@mealprep360/testing/rooms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ${name} } from '../src/index.ts';
import { ${name}EntryCollection } from '../src/models/${name}-entry.ts';

let rooms: Rooms;
const ana = { userId: newId() };
const ben = { userId: newId() };

beforeAll(async () => {
  rooms = await openRooms([room(${name})]);
  const entries = [ana, ana, ben].map(({ userId }) => ({ _id: newId(), userId, createdAt: new Date() }));
  await rooms.service('${name}').db.model(${name}EntryCollection).insertMany(entries);
});
afterAll(() => rooms.stop());

describe('the entries of a user', () => {
  it('are counted for who is signed in', async () => {
    const { data, errors } = await rooms.query('${name}', ana, '{ me { id ${name}Count } }');
    expect(errors).toBeUndefined();
    expect(data.me).toEqual({ id: ana.userId, ${name}Count: 2 });
    expect((await rooms.query('${name}', null, '{ me { id } }')).data.me).toBeNull();
  });

  it('are nobody else’s to count, without an error', async () => {
    const { data, errors } = await rooms.query(
      '${name}',
      ana,
      'query($of: [_Any!]!) { _entities(representations: $of) { ... on User { ${name}Count } } }',
      { of: [ana, ben].map(({ userId: id }) => ({ __typename: 'User', id })) },
    );
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([{ ${name}Count: 2 }, { ${name}Count: null }]);
  });
});
`;
