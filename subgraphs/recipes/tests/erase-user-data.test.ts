import { newId } from '@mealprep360/mongo/id';
import { eraseUser } from '@mealprep360/testing/erase-user';
import { openRooms, room, speaker, type Rooms } from '@mealprep360/testing/rooms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recipes } from '../src/index.ts';
import { recipeRatingCollection } from '../src/models/recipe-rating.ts';
import { recipeVersionCollection } from '../src/models/recipe-version.ts';
import { outbox } from '../src/models/outbox.ts';

let rooms: Rooms;
const ana = newId();
const ben = newId();
beforeAll(async () => {
  rooms = await openRooms([room(recipes), speaker('users')]);
});
afterAll(() => rooms.stop());

const create = async (userId: string, title: string): Promise<string> => {
  const input = { title, recipeIngredient: ['2 eggs'], recipeInstructions: [], visibility: 'PUBLIC' };
  const document = 'mutation ($input: RecipeInput!) { createRecipe(input: $input) { recipe { id } } }';
  return (await rooms.query('recipes', { userId }, document, { input })).data.createRecipe.recipe.id;
};
const rate = (userId: string, id: string, stars: number) =>
  rooms.query(
    'recipes',
    { userId },
    `mutation { rateRecipe(recipeId: "${id}", ratingValue: ${stars}) { userErrors { code } } }`,
  );

test('a person’s recipes go with all that was said of them, and their ratings leave the stars of others', async () => {
  const { db } = rooms.service('recipes');
  const popular = await create(ana, 'Popular');
  const bens = await create(ben, 'Bens');
  await rate(ana, bens, 1);
  await rate(ben, bens, 4);
  const rows = Array.from({ length: 1200 }, () => ({
    ...{ _id: newId(), recipeId: popular, userId: newId(), ratingValue: 5, reviewBody: null, version: 1 },
    dateCreated: new Date(),
  }));
  await db.raw(recipeRatingCollection).insertMany(rows);
  // 1200 ratings, one line, one version, the recipe; and the rating of Ben's
  expect(await eraseUser(rooms, 'recipes', ana)).toEqual({ recordsErased: 1204, recordsAnonymised: 0 });
  const { data } = await rooms.query(
    'recipes',
    null,
    '{ recipes { nodes { title aggregateRating { ratingValue ratingCount } } } }',
  );
  expect(data.recipes.nodes).toEqual([{ title: 'Bens', aggregateRating: { ratingValue: 4, ratingCount: 1 } }]);
  expect(await db.raw(recipeVersionCollection).countDocuments({ recipeId: popular })).toBe(0);
  const events = await db.raw(outbox).find({ aggregateId: popular }).sort({ version: 1 }).toArray();
  expect(events).toMatchObject([
    { eventType: 'RecipeCreated', version: 1, erased: true, eventData: null },
    { eventType: 'RecipeDeleted', version: 2, erased: true, eventData: null },
  ]);
});

test('of somebody who had nothing nothing goes', async () => {
  expect(await eraseUser(rooms, 'recipes', newId())).toEqual({ recordsErased: 0, recordsAnonymised: 0 });
});
