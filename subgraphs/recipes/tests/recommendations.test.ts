import { UserCreated, UserUpdated } from '@mealprep360/contracts/users';
import { newId } from '@mealprep360/mongo/id';
import { openRooms, room, speaker, type Rooms } from '@mealprep360/testing/rooms';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { recipes } from '../src/index.ts';

interface Label {
  url: string;
  vegetarian: 'yes' | 'no' | 'depends';
  peanut: 'yes' | 'no' | 'possible';
}

interface Recommended {
  reasons: string[];
  node: { id: string; title: string; sourceUrl: string | null; recipeCuisine: string[]; foods?: string[] };
}

const linesOf = (file: string) => readFileSync(`dev-env/data/${file}`, 'utf8').trim().split('\n');
const labels = linesOf('diet-labels.jsonl').map(line => JSON.parse(line) as Label);
const ana = newId();
const ben = newId();
const asked: unknown[] = [];
let usersAnswer = true;
let rooms: Rooms;

const preferences = (changes: object = {}) => ({
  diets: [],
  allergens: [],
  dislikedIngredients: [],
  favoriteCuisines: [],
  defaultServings: 2,
  measurementSystem: 'METRIC' as const,
  ...changes,
});
const settings = { timeZone: 'UTC', locale: 'en', weekStartsOn: 'MONDAY' as const, notificationChannels: [] };

beforeAll(async () => {
  const users = speaker('users', {
    '/internal/users/by-ids': body => {
      asked.push(body);
      if (!usersAnswer) throw new Error('away');
      const { ids } = body as { ids: string[] };
      return Promise.resolve({
        users: ids.map(id => ({ id, version: 1, preferences: preferences({ diets: ['VEGAN'] }), settings })),
      });
    },
  });
  rooms = await openRooms([room(recipes), users, speaker('dev-env')]);
  const shipped = linesOf('recipes.jsonl').map(line => JSON.parse(line) as unknown);
  for (let start = 0; start < shipped.length; start += 10) {
    const batch = { recipes: shipped.slice(start, start + 10) };
    const load = () => rooms.askInternal('dev-env', 'recipes', '/internal/shipped-recipes', batch);
    // Who asks waits for 2 s only; on a busy machine the rest of a batch is loaded by asking again.
    await vi.waitFor(load, { timeout: 30_000 });
  }
}, 120_000);
afterAll(() => rooms.stop());

const ask = (userId: string | null, document: string, variables = {}) =>
  rooms.query('recipes', userId === null ? null : { userId }, document, variables);

const PAGE = `query($first: Int!, $after: String) { me { recommendedRecipes(first: $first, after: $after) {
  totalCount edges { reasons node { id title sourceUrl recipeCuisine suitableForDiet } } pageInfo { hasNextPage endCursor } } } }`;

async function allFor(userId: string, first = 20): Promise<Recommended[]> {
  const all: Recommended[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await ask(userId, PAGE, { first, after });
    expect(errors).toBeUndefined();
    const page = data.me.recommendedRecipes;
    all.push(...page.edges);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    if (after === null) expect(all).toHaveLength(page.totalCount);
  } while (after !== null);
  return all;
}

const copyOf = (userId: string) =>
  rooms
    .service('recipes')
    .db.connection.collection<{ _id: string; version: number }>('user_copy')
    .findOne({ _id: userId });

async function says(userId: string, version: number, changes: object): Promise<void> {
  const event = version === 1 ? UserCreated : UserUpdated;
  await rooms.say('users', event.of(userId, version, { id: userId, preferences: preferences(changes), settings }));
  await expect.poll(async () => (await copyOf(userId))?.version).toBe(version);
}

describe('recommendations', () => {
  it('for a vegetarian with a peanut allergy hold nothing that breaks either, page by page to the end', async () => {
    await says(ana, 1, { diets: ['VEGETARIAN'], allergens: ['PEANUTS'] });
    const all = await allFor(ana);
    const addresses = new Set(all.map(({ node }) => node.sourceUrl));
    expect(new Set(all.map(({ node }) => node.id)).size).toBe(all.length);
    const unsafe = labels.filter(label => label.vegetarian === 'no' || label.peanut !== 'no');
    expect(unsafe.filter(label => addresses.has(label.url))).toEqual([]);
    const depends = labels.filter(label => label.vegetarian === 'depends');
    expect(depends.filter(label => addresses.has(label.url))).toEqual([]);
    const fitting = labels.filter(label => label.vegetarian === 'yes' && label.peanut === 'no');
    expect(fitting.filter(label => addresses.has(label.url)).length).toBeGreaterThanOrEqual(15);
    expect(all[0]?.reasons).toEqual(['suits VEGETARIAN', 'no PEANUTS found in it']);
  });

  it('follow a preference as soon as it is heard', async () => {
    await says(ana, 2, { diets: ['VEGAN'], allergens: ['GLUTEN', 'TREE_NUTS'] });
    const found = await allFor(ana, 100);
    expect(found.length).toBeGreaterThan(0);
    const { data } = await ask(
      null,
      'query($of: [_Any!]!) { _entities(representations: $of) { ... on Recipe { suitableForDiet allergens { allergen } } } }',
      {
        of: found.map(({ node }) => ({ __typename: 'Recipe', id: node.id })),
      },
    );
    for (const recipe of data._entities) {
      expect(recipe.suitableForDiet).toContain('VEGAN');
      expect(recipe.allergens.map((finding: { allergen: string }) => finding.allergen)).not.toContain('GLUTEN');
    }
  });

  it('leave out disliked foods with their kinds, and start with favourite cuisines and what was saved', async () => {
    const userId = newId();
    await says(userId, 1, { dislikedIngredients: ['Onions'], favoriteCuisines: ['swedish'] });
    const { db } = rooms.service('recipes');
    const [plain] = await allFor(userId, 100).then(all => all.filter(({ node }) => node.recipeCuisine.length === 0));
    await ask(userId, 'mutation($id: ID!) { saveRecipe(recipeId: $id) { userErrors { code } } }', {
      id: plain?.node.id,
    });
    const all = await allFor(userId, 100);
    expect(all[0]).toMatchObject({ node: { id: plain?.node.id }, reasons: ['saved'] });
    const ids = all.map(({ node }) => node.id);
    const withOnion = await db.connection
      .collection<{ _id: string; foods: string[] }>('recipes')
      .find({ _id: { $in: ids }, foods: /(^| )onion$/ })
      .toArray();
    expect(withOnion).toEqual([]);
    expect(all.at(-1)?.reasons).toEqual(['nothing speaks against it']);
  });

  it('cost the same commands for 5 and for 50', async () => {
    const costOf = (first: number) => rooms.commandsOf('recipes', () => ask(ana, PAGE, { first, after: null }));
    expect(await costOf(5)).toEqual(await costOf(50));
    expect(await costOf(5)).toEqual(['aggregate recipes', 'aggregate recipes', 'find saved_recipes', 'find user_copy']);
  });

  it('are for the user alone: null to others, and the others’ preferences with them', async () => {
    const { data, errors } = await ask(
      ben,
      'query($of: [_Any!]!) { _entities(representations: $of) { ... on User { recommendedRecipes { totalCount } savedRecipes { totalCount } } } }',
      { of: [{ __typename: 'User', id: ana }] },
    );
    expect({ errors, data }).toEqual({
      errors: undefined,
      data: { _entities: [{ recommendedRecipes: null, savedRecipes: null }] },
    });
  });

  it('ask users once for preferences that have not arrived, and are null while nobody knows them', async () => {
    const unheard = newId();
    usersAnswer = false;
    const { data, errors } = await ask(unheard, PAGE, { first: 5 });
    expect(data).toEqual({ me: { recommendedRecipes: null } });
    expect(errors?.[0]?.extensions.code).toBe('NOT_READY');
    usersAnswer = true;
    asked.length = 0;
    const first = await allFor(unheard, 100);
    expect(first[0]?.reasons).toContain('suits VEGAN');
    expect(asked).toEqual([{ ids: [unheard] }]);
  });
});

describe('a saved recipe', () => {
  const SAVED =
    '{ me { savedRecipes(first: 2) { totalCount nodes { title viewerHasSaved } pageInfo { hasNextPage } } } }';
  const save = 'mutation($id: ID!) { saveRecipe(recipeId: $id) { recipe { viewerHasSaved } userErrors { code } } }';
  const unsave = 'mutation($id: ID!) { unsaveRecipe(recipeId: $id) { recipe { viewerHasSaved } userErrors { code } } }';
  const make = 'mutation($input: RecipeInput!) { createRecipe(input: $input) { recipe { id } } }';
  const input = { title: 'Soup', visibility: 'PUBLIC', recipeIngredient: ['1 l water'], recipeInstructions: [] };

  it('is saved once however often, listed newest first, and unsaved as often', async () => {
    const { data } = await ask(null, '{ recipes(first: 3) { nodes { id title viewerHasSaved } } }');
    const [one, two, three] = data.recipes.nodes;
    expect(one.viewerHasSaved).toBe(false);
    for (const { id } of [one, two, three, three]) {
      expect((await ask(ben, save, { id })).data.saveRecipe).toEqual({
        recipe: { viewerHasSaved: true },
        userErrors: [],
      });
    }
    expect((await ask(ben, SAVED)).data.me.savedRecipes).toEqual({
      totalCount: 3,
      nodes: [three, two].map(({ title }) => ({ title, viewerHasSaved: true })),
      pageInfo: { hasNextPage: true },
    });
    for (const id of [two.id, two.id]) {
      expect((await ask(ben, unsave, { id })).data.unsaveRecipe).toEqual({
        recipe: { viewerHasSaved: false },
        userErrors: [],
      });
    }
    expect((await ask(ben, SAVED)).data.me.savedRecipes.totalCount).toBe(2);
  });

  it('is forgotten when its author takes it back or deletes it', async () => {
    const reader = newId();
    const made = async () => (await ask(ana, make, { input })).data.createRecipe.recipe.id as string;
    const [hidden, gone] = [await made(), await made()];
    for (const id of [hidden, gone]) await ask(reader, save, { id });
    await ask(ana, save, { id: hidden });
    await ask(
      ana,
      'mutation($id: ID!, $input: RecipeInput!) { updateRecipe(id: $id, expectedVersion: 1, input: $input) { userErrors { code } } }',
      { id: hidden, input: { ...input, visibility: 'PRIVATE' } },
    );
    await ask(ana, 'mutation($id: ID!) { deleteRecipe(id: $id) { userErrors { code } } }', { id: gone });
    expect((await ask(reader, SAVED)).data.me.savedRecipes.totalCount).toBe(0);
    expect((await ask(ana, SAVED)).data.me.savedRecipes.totalCount).toBe(1);
    expect((await ask(reader, save, { id: hidden })).data.saveRecipe.userErrors).toEqual([
      { code: 'RECIPE_NOT_FOUND' },
    ]);
  });

  it('needs a signed-in user', async () => {
    const { errors } = await ask(null, save, { id: newId() });
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
