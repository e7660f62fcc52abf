import { listFields, readSchema } from '../../bench/src/commands/list-fields.ts';
import { measure } from '../../bench/src/commands/measure.ts';
import { measuredRooms, openMeasuredRooms } from '../../bench/src/commands/rooms.ts';
import { openRooms, room } from '../../shared/testing/src/rooms.ts';
import type { Context } from '../../subgraphs/recipes/src/context.ts';
import { recipes } from '../../subgraphs/recipes/src/index.ts';
import { Recipe } from '../../subgraphs/recipes/src/resolvers/Recipe.ts';
import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let rooms: Awaited<ReturnType<typeof openMeasuredRooms>>;

beforeAll(async () => {
  rooms = await openMeasuredRooms();
});
afterAll(() => rooms.stop());

it('every room is measured', () => {
  const all = readdirSync('subgraphs').filter(name => existsSync(`subgraphs/${name}/schema.graphql`));
  expect(measuredRooms.map(({ room }) => room.name).sort()).toEqual(all.sort());
});

describe.each(measuredRooms.map(measured => ({ name: measured.room.name, measured })))(
  'the database commands of $name are the same for few and for many entries',
  ({ name, measured }) => {
    const schema = readSchema(name);
    it.each(listFields(schema))('of $name', async list => {
      const few = await measure(rooms, measured, schema, list, 'few');
      const many = await measure(rooms, measured, schema, list, 'many');
      expect(many.entries).toBeGreaterThan(many.isFixed ? 0 : few.entries);
      expect(many.commands).toEqual(few.commands);
    });
  },
);

describe('the measurement', () => {
  const ofRecipes = measuredRooms.find(measured => measured.room.name === 'recipes')!;
  const schema = readSchema('recipes');

  it('notices entries that are read one by one', async () => {
    const oneByOne = async ({ _id: recipeId }: { _id: string }, _: unknown, { models }: Context) =>
      (await models.ratings.findOne({ recipeId }))?.ratingValue ?? null;
    const careless = { ...recipes, resolvers: { ...recipes.resolvers, Recipe: { ...Recipe, viewerRating: oneByOne } } };
    const opened = await openRooms([room(careless)]);
    try {
      const list = listFields(schema).find(({ name }) => name === 'User.recipes')!;
      const few = await measure(opened, ofRecipes, schema, list, 'few');
      const many = await measure(opened, ofRecipes, schema, list, 'many');
      expect(many.commands.length - few.commands.length).toBeGreaterThanOrEqual(many.entries - few.entries);
    } finally {
      await opened.stop();
    }
  });

  it('refuses a list that nothing fills, by its name', async () => {
    const unknown = { name: 'Recipe.guests', path: [] };
    await expect(measure(rooms, ofRecipes, schema, unknown, 'few')).rejects.toThrow(
      'no seed of recipes fills Recipe.guests',
    );
  });
});
