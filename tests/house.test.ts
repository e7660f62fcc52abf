import { keepers } from '@mealprep360/contracts/commands';
import { commands } from '@mealprep360/contracts/commands';
import { publicEvents, speakers } from '@mealprep360/contracts/speakers';
import { compose } from '../gateway/src/compose.ts';
import { Kind, parse, type ObjectTypeDefinitionNode } from 'graphql';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parse as parseYaml } from 'yaml';

const folders = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== 'node_modules')
    .map(entry => entry.name)
    .sort();
const rooms = folders('subgraphs');

interface Manifest {
  name: string;
  envPrefix: string;
  heardBy: readonly string[];
  reactions?: readonly { speaker: string; byType: ReadonlyMap<string, unknown> }[];
  commands?: readonly { name: string; from: string }[];
}

const manifests: Manifest[] = await Promise.all(
  rooms.map(async name => {
    const module = (await import(join(process.cwd(), 'subgraphs', name, 'src/index.ts'))) as Record<string, Manifest>;
    return module[name]!;
  }),
);

describe('supergraph.yaml', () => {
  const listed = z
    .object({
      subgraphs: z.record(z.string(), z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) })),
    })
    .parse(parseYaml(readFileSync('supergraph.yaml', 'utf8'))).subgraphs;

  it('lists exactly the rooms that there are', () => {
    expect(Object.keys(listed).sort()).toEqual(rooms);
  });

  it('names the schema file of each', () => {
    expect(
      Object.entries(listed).filter(([name, { schema }]) => schema.file !== `./subgraphs/${name}/schema.graphql`),
    ).toEqual([]);
  });

  it('composes without an error or a hint, to what is committed', async () => {
    const { sdl, problems } = await compose('supergraph.yaml');
    expect(problems).toEqual([]);
    expect(sdl).toBe(readFileSync('supergraph.graphql', 'utf8'));
  });
});

describe.each(rooms)('the room %s', name => {
  const furniture = [
    'README.md',
    'package.json',
    'schema.graphql',
    'schema.mappers.ts',
    'start.ts',
    'src/index.ts',
    'src/context.ts',
    'src/loaders.ts',
    'src/models',
    'src/resolvers',
    'tests',
  ];
  const manifest = manifests.find(candidate => candidate.name === name);

  it('has the furniture of every room', () => {
    expect(furniture.filter(piece => !existsSync(join('subgraphs', name, piece)))).toEqual([]);
  });

  it('has no folder that other rooms would call something else', () => {
    const known = ['models', 'domain', 'resolvers', 'reactions', 'commands', 'sagas', 'internal', 'generated'];
    expect(folders(join('subgraphs', name, 'src')).filter(folder => !known.includes(folder))).toEqual([]);
  });

  it('says in its README what it owns, says, hears, does, and which environment it takes', () => {
    const headings = [...readFileSync(join('subgraphs', name, 'README.md'), 'utf8').matchAll(/^## (\w+)/gm)].map(
      match => match[1],
    );
    expect(headings).toEqual(expect.arrayContaining(['Owns', 'Says', 'Hears', 'Does', 'Environment']));
  });

  it('has a manifest under its own name', () => {
    expect(manifest?.name).toBe(name);
  });

  it('depends on no other room', () => {
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join('subgraphs', name, 'package.json'), 'utf8')));
    expect(
      Object.keys(dependencies).filter(dependency => rooms.includes(dependency.replace('@mealprep360/', ''))),
    ).toEqual([]);
  });
});

describe('events', () => {
  // Sagas' commands and replies are heard by the kernel itself.
  const byTheKernel = ['CommandRequested', 'CommandAnswered'];
  const heard = manifests.flatMap(({ reactions = [] }) =>
    reactions.flatMap(({ speaker, byType }) => [...byType.keys()].map(type => `${speaker}.${type}`)),
  );
  const said = Object.entries(speakers).flatMap(([speaker, events]) =>
    Object.keys(events).map(type => `${speaker}.${type}`),
  );

  it('that are said are heard by a room, or are marked public', () => {
    const excused = [...byTheKernel, ...publicEvents];
    expect(said.filter(event => !heard.includes(event) && !excused.includes(event.split('.')[1]!))).toEqual([]);
  });

  it('that ask a room to erase a user go to all that can', () => {
    const can = manifests.filter(({ commands = [] }) => commands.some(({ name }) => name === 'EraseUserData'));
    expect(can.map(({ name }) => name).sort()).toEqual([...keepers].sort());
    expect(can.filter(({ heardBy }) => !heardBy.includes('users'))).toEqual([]);
  });

  it('that ask for a command are understood where they go', () => {
    const done = manifests.flatMap(({ name, commands: own = [] }) => own.map(command => `${name}.${command.name}`));
    // the undo of a step is done by who does the step
    const undos = ['shopping.DeleteShoppingList'];
    expect(commands.map(({ to, name }) => `${to}.${name}`).sort()).toEqual([...new Set([...done, ...undos])].sort());
  });

  it('that are heard may be read by who hears them', () => {
    const refused = manifests.flatMap(({ name, reactions = [] }) =>
      reactions
        .filter(({ speaker }) => !manifests.find(owner => owner.name === speaker)?.heardBy.includes(name))
        .map(({ speaker }) => `${name} hears ${speaker}`),
    );
    expect(refused).toEqual([]);
  });

  it('that nobody hears may be read by nobody', () => {
    const needless = manifests.flatMap(owner => {
      const hears = manifests.filter(({ reactions = [], commands: own = [] }) =>
        [...reactions.map(({ speaker }) => speaker), ...own.map(({ from }) => from)].includes(owner.name),
      );
      // who asks for a command hears its answer
      const needed = [...hears.map(({ name }) => name), ...(owner.commands ?? []).map(({ from }) => from)];
      return owner.heardBy.filter(name => !needed.includes(name)).map(name => `${name} may read ${owner.name}`);
    });
    expect(needless).toEqual([]);
  });
});

describe('the graph', () => {
  const types = rooms.flatMap(name =>
    parse(readFileSync(join('subgraphs', name, 'schema.graphql'), 'utf8'))
      .definitions.filter(definition => definition.kind === Kind.OBJECT_TYPE_DEFINITION)
      .map(type => ({ room: name, type })),
  );
  const owners: Record<string, string> = {
    User: 'users',
    Recipe: 'recipes',
    MealPlan: 'mealplans',
    MealPlanItem: 'mealplans',
    ShoppingList: 'shopping',
  };
  const isEntity = ({ directives }: ObjectTypeDefinitionNode) =>
    directives?.some(({ name }) => name.value === 'key') ?? false;

  it('lets one dead service hurt its own fields only: foreign fields are nullable', () => {
    const required = types
      .filter(
        ({ room, type }) => isEntity(type) && owners[type.name.value] !== undefined && owners[type.name.value] !== room,
      )
      .flatMap(({ room, type }) =>
        (type.fields ?? [])
          .filter(field => field.name.value !== 'id' && field.type.kind === Kind.NON_NULL_TYPE)
          .map(field => `${room}: ${type.name.value}.${field.name.value}`),
      );
    expect(required).toEqual([]);
  });

  it('refers to what other services own by fields that may be null', () => {
    const required = types.flatMap(({ room, type }) =>
      (type.fields ?? [])
        .filter(field => field.type.kind === Kind.NON_NULL_TYPE && field.type.type.kind === Kind.NAMED_TYPE)
        .filter(field => {
          const named =
            field.type.kind === Kind.NON_NULL_TYPE && field.type.type.kind === Kind.NAMED_TYPE
              ? field.type.type.name.value
              : '';
          return owners[named] !== undefined && owners[named] !== room;
        })
        .map(field => `${room}: ${type.name.value}.${field.name.value}`),
    );
    expect(required).toEqual([]);
  });

  it('answers me in every subgraph', () => {
    const without = rooms.filter(
      room =>
        !types.some(
          ({ room: owner, type }) =>
            owner === room && type.name.value === 'Query' && type.fields?.some(field => field.name.value === 'me'),
        ),
    );
    expect(without).toEqual([]);
  });
});
