import { newId } from '@mealprep360/mongo/id';
import { openRooms, room, speaker, type Rooms } from '@mealprep360/testing/rooms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { recipes } from '../src/index.ts';

let rooms: Rooms;
const ana = { userId: newId() };
const ben = { userId: newId() };
const operator = { userId: newId(), roles: ['USER' as const, 'OPERATOR' as const] };
const shipped = readFileSync('dev-env/data/recipes.jsonl', 'utf8').trim().split('\n');

const pancakes = {
  title: 'Pancakes',
  recipeYield: '4 servings',
  prepTime: 'PT10M',
  cookTime: 'PT20M',
  recipeIngredient: ['200 g flour', '2 eggs', '3 dl milk', '1 tbsp butter'],
  recipeInstructions: [{ name: 'Batter', steps: ['Whisk.', 'Fry.'] }],
  recipeCuisine: ['French'],
  keywords: ['quick'],
};

beforeAll(async () => {
  rooms = await openRooms([room(recipes), speaker('mealplans'), speaker('dev-env')]);
});
afterAll(() => rooms.stop());

const ask = (viewer: typeof ana | null, document: string, variables = {}) =>
  rooms.query('recipes', viewer, document, variables);

async function create(viewer: typeof ana, changes: object = {}): Promise<string> {
  const { data, errors } = await ask(
    viewer,
    'mutation($input: RecipeInput!) { createRecipe(input: $input) { recipe { id } userErrors { code message path } } }',
    { input: { ...pancakes, ...changes } },
  );
  expect({ errors, userErrors: data.createRecipe.userErrors }).toEqual({ errors: undefined, userErrors: [] });
  return data.createRecipe.recipe.id;
}

describe('a recipe', () => {
  it('is read as it was written, parsed, timed and with what its ingredients prove', async () => {
    const id = await create(ana);
    const { data, errors } = await ask(
      ana,
      `query($id: ID!) { recipe(id: $id) {
        slug title version visibility totalTime prepTime recipeYield { value text } recipeIngredient
        ingredients { quantity unit food } recipeInstructions { name itemListElement { position text } }
        suitableForDiet allergens { allergen certainty because } user { id } aggregateRating { ratingCount } viewerRating
      } }`,
      { id },
    );
    expect(errors).toBeUndefined();
    expect(data.recipe).toMatchObject({
      title: 'Pancakes',
      version: 1,
      visibility: 'PRIVATE',
      recipeYield: { value: 4, text: '4 servings' },
      recipeIngredient: pancakes.recipeIngredient,
      recipeInstructions: [
        {
          name: 'Batter',
          itemListElement: [
            { position: 1, text: 'Whisk.' },
            { position: 2, text: 'Fry.' },
          ],
        },
      ],
      user: { id: ana.userId },
      aggregateRating: null,
      viewerRating: null,
    });
    expect(data.recipe.ingredients[0]).toEqual({ quantity: 200, unit: 'gram', food: 'flour' });
    expect(data.recipe.suitableForDiet).toContain('VEGETARIAN');
    expect(data.recipe.suitableForDiet).not.toContain('VEGAN');
    expect(data.recipe.allergens).toContainEqual({ allergen: 'EGGS', certainty: 'CONTAINS', because: ['2 eggs'] });
  });

  it('is scaled to the servings asked for, and converted to the system asked for', async () => {
    const id = await create(ana);
    const { data } = await ask(
      ana,
      'query($id: ID!) { recipe(id: $id) { ingredients(servings: 2, system: US) { quantity unit food } } }',
      { id },
    );
    expect(data.recipe.ingredients[0]).toMatchObject({ unit: 'ounce', food: 'flour' });
    expect(data.recipe.ingredients[0].quantity).toBeCloseTo(100 / 28.3495, 2);
    expect(data.recipe.ingredients[1].quantity).toBe(1);
  });

  it('keeps every version, and goes back to one as a new one', async () => {
    const id = await create(ana);
    const edit = `mutation($id: ID!, $input: RecipeInput!) { updateRecipe(id: $id, expectedVersion: 1, input: $input) { recipe { version title } userErrors { code } } }`;
    const input = { ...pancakes, title: 'Crêpes' };
    expect((await ask(ana, edit, { id, input })).data.updateRecipe).toEqual({
      recipe: { version: 2, title: 'Crêpes' },
      userErrors: [],
    });
    expect((await ask(ana, edit, { id, input })).data.updateRecipe).toEqual({
      recipe: null,
      userErrors: [{ code: 'CONFLICT' }],
    });
    const back = await ask(
      ana,
      'mutation($id: ID!) { restoreRecipeVersion(id: $id, version: 1) { recipe { version title } userErrors { code } } }',
      { id },
    );
    expect(back.data.restoreRecipeVersion.recipe).toEqual({ version: 3, title: 'Pancakes' });
    const { data } = await ask(
      ana,
      'query($id: ID!) { recipe(id: $id) { versions(first: 2) { edges { node { version summary recipe { title } } } pageInfo { hasNextPage } } } }',
      { id },
    );
    expect(data.recipe.versions.edges.map((edge: { node: { version: number } }) => edge.node.version)).toEqual([3, 2]);
    expect(data.recipe.versions.pageInfo.hasNextPage).toBe(true);
  });

  it('that is deleted is gone with all its parts', async () => {
    const id = await create(ana);
    const { data } = await ask(ana, 'mutation($id: ID!) { deleteRecipe(id: $id) { deletedId userErrors { code } } }', {
      id,
    });
    expect(data.deleteRecipe).toEqual({ deletedId: id, userErrors: [] });
    expect((await ask(ana, 'query($id: ID!) { recipe(id: $id) { id } }', { id })).data.recipe).toBeNull();
    const { db } = rooms.service('recipes');
    for (const name of ['recipe_ingredients', 'recipe_versions', 'recipe_ratings']) {
      expect(await db.connection.collection(name).countDocuments({ recipeId: id })).toBe(0);
    }
  });

  it('has one rating of each user, and counts it once', async () => {
    const id = await create(ana, { visibility: 'PUBLIC' });
    const rate =
      'mutation($id: ID!, $stars: Int!) { rateRecipe(recipeId: $id, ratingValue: $stars, reviewBody: "Good") { recipe { version viewerRating aggregateRating { ratingValue ratingCount } } userErrors { code } } }';
    await ask(ben, rate, { id, stars: 2 });
    await ask(ana, rate, { id, stars: 3 });
    const { data } = await ask(ben, rate, { id, stars: 4 });
    expect(data.rateRecipe.recipe).toEqual({
      version: 1,
      viewerRating: 4,
      aggregateRating: { ratingValue: 3.5, ratingCount: 2 },
    });
    expect((await ask(ben, rate, { id, stars: 6 })).data.rateRecipe.userErrors).toEqual([{ code: 'INVALID_INPUT' }]);
  });
});

describe('a private recipe', () => {
  it('is seen by its author alone, by every path', async () => {
    const id = await create(ana);
    const { data: own } = await ask(ana, 'query($id: ID!) { recipe(id: $id) { slug } }', { id });
    for (const viewer of [ben, null]) {
      const { data } = await ask(
        viewer,
        `query($id: ID!, $slug: String!, $of: [_Any!]!) {
          byId: recipe(id: $id) { id } bySlug: recipe(slug: $slug) { id }
          _entities(representations: $of) { ... on Recipe { title } ... on User { recipes { totalCount nodes { id } } } }
          recipes(filter: { text: "pancakes" }, first: 100) { nodes { id } }
        }`,
        {
          id,
          slug: own.recipe.slug,
          of: [
            { __typename: 'Recipe', id },
            { __typename: 'User', id: ana.userId },
          ],
        },
      );
      expect(data.byId).toBeNull();
      expect(data.bySlug).toBeNull();
      expect(data._entities[0]).toBeNull();
      expect(data._entities[1].recipes.nodes.map((node: { id: string }) => node.id)).not.toContain(id);
      expect(data.recipes.nodes.map((node: { id: string }) => node.id)).not.toContain(id);
    }
  });

  it('cannot be edited, deleted, restored or rated by another', async () => {
    const id = await create(ana);
    const { data } = await ask(
      ben,
      `mutation($id: ID!, $input: RecipeInput!) {
        updateRecipe(id: $id, expectedVersion: 1, input: $input) { userErrors { code } }
        deleteRecipe(id: $id) { userErrors { code } }
        restoreRecipeVersion(id: $id, version: 1) { userErrors { code } }
        rateRecipe(recipeId: $id, ratingValue: 1) { userErrors { code } }
      }`,
      { id, input: pancakes },
    );
    expect(
      Object.values(data).map(payload => (payload as { userErrors: { code: string }[] }).userErrors[0]?.code),
    ).toEqual(Array(4).fill('RECIPE_NOT_FOUND'));
  });
});

describe('an import', () => {
  const imported =
    'mutation($jsonLd: String!) { importRecipe(input: { jsonLd: $jsonLd }) { recipe { id title user { id } visibility jsonLd } warnings { code } userErrors { code path } } }';

  it('makes a recipe of one’s own of schema.org JSON-LD, and its export imports again', async () => {
    const { data } = await ask(ana, imported, { jsonLd: shipped[1] });
    expect(data.importRecipe).toMatchObject({
      recipe: { title: 'Spaghetti aglio e olio', user: { id: ana.userId }, visibility: 'PRIVATE' },
      userErrors: [],
    });
    const again = await ask(ana, imported, { jsonLd: data.importRecipe.recipe.jsonLd });
    expect(again.data.importRecipe).toMatchObject({
      recipe: { title: 'Spaghetti aglio e olio' },
      warnings: [],
      userErrors: [],
    });
  });

  it.each([
    ['no JSON', 'hello', 'NOT_JSON'],
    ['no recipe', '{"@type":"Person","name":"Ana"}', 'NO_RECIPE'],
    ['no title', '{"@type":"Recipe","recipeIngredient":["1 egg"]}', 'TITLE_MISSING'],
    [
      'ten thousand lines',
      JSON.stringify({ '@type': 'Recipe', name: 'x', recipeIngredient: Array(10_000).fill('1 egg') }),
      'INVALID_RECIPE',
    ],
  ])('of %s is refused with a code, and writes nothing', async (_, jsonLd, code) => {
    const before = await rooms.service('recipes').db.connection.collection('recipes').countDocuments();
    const { data, errors } = await ask(ana, imported, { jsonLd });
    expect({ errors, code: data.importRecipe.userErrors[0]?.code }).toEqual({ errors: undefined, code });
    expect(await rooms.service('recipes').db.connection.collection('recipes').countDocuments()).toBe(before);
  });
});

describe('an import of a page', () => {
  const imported =
    'mutation($input: ImportRecipeInput!) { importRecipe(input: $input) { recipe { title creditText sourceUrl user { id } } warnings { code } userErrors { code path } } }';
  const page = (name: string) => readFileSync(`dev-env/data/pages/${name}.html`, 'utf8');

  it('makes a recipe of one’s own that says where it is from', async () => {
    const { data } = await ask(ana, imported, { input: { html: page('03-graph-howtostep-nutrition') } });
    expect(data.importRecipe).toEqual({
      recipe: {
        title: 'Asparagus With Lemon Sauce',
        creditText: 'Heart Healthy Kitchen',
        sourceUrl:
          'https://www.nhlbi.nih.gov/health/heart-healthy-living/healthy-foods/healthy-eating-recipes/asparagus-lemon-sauce',
        user: { id: ana.userId },
      },
      warnings: expect.any(Array) as unknown,
      userErrors: [],
    });
  });

  it.each([
    ['nothing', {}, 'INVALID_INPUT', ['input']],
    ['two things', { jsonLd: '{}', html: '<p>' }, 'INVALID_INPUT', ['input']],
    ['more than a request can hold', { html: 'x'.repeat(1_100_000) }, 'TOO_LARGE', ['input', 'html']],
    ['a page without a recipe', { html: '<p>Hello' }, 'NO_RECIPE', ['input', 'html']],
    ['an address of this machine', { url: 'http://127.0.0.1:1/' }, 'URL_NOT_ALLOWED', ['input', 'url']],
    ['an address of this machine by name', { url: 'http://localhost/' }, 'URL_NOT_ALLOWED', ['input', 'url']],
    ['an address of no page', { url: 'file:///etc/passwd' }, 'URL_NOT_ALLOWED', ['input', 'url']],
  ])('is refused for %s', async (_, input, code, path) => {
    const { data, errors } = await ask(ana, imported, { input });
    expect(errors).toBeUndefined();
    expect(data.importRecipe).toEqual({ recipe: null, warnings: [], userErrors: [{ code, path }] });
  });
});

describe('bad input', () => {
  const make =
    'mutation($input: RecipeInput!) { createRecipe(input: $input) { recipe { id } userErrors { code message path } } }';

  it.each([
    ['an empty title', { title: '  ' }, ['input', 'title']],
    ['too many lines', { recipeIngredient: Array(10_000).fill('1 egg') }, ['input', 'recipeIngredient']],
    ['an address that is none', { image: ['ftp://example.org/x.png'] }, ['input', 'image', '0']],
    ['a category that is none', { recipeCategory: ['0123456789abcdef01234567'] }, ['input', 'recipeCategory']],
    ['a malformed id', { recipeCategory: ['$ne'] }, ['input', 'recipeCategory', '0']],
  ])('is answered by naming it: %s', async (_, change, path) => {
    const { data, errors } = await ask(ana, make, { input: { ...pancakes, ...change } });
    expect(errors).toBeUndefined();
    expect(data.createRecipe.recipe).toBeNull();
    expect(data.createRecipe.userErrors[0].path).toEqual(path);
  });

  it.each([-1, 0, 101, 1_000_000])('is refused as a page size: %i', async first => {
    const { errors } = await ask(ana, 'query($first: Int) { recipes(first: $first) { totalCount } }', { first });
    expect(errors?.[0]?.extensions.code).toBe('INVALID_FIRST');
  });

  it.each(['x', Buffer.from('[{"$gt":""},"a"]').toString('base64url')])('is refused as a cursor: %s', async after => {
    const { errors } = await ask(ana, 'query($after: String) { recipes(after: $after) { totalCount } }', { after });
    expect(errors?.[0]?.extensions.code).toBe('INVALID_CURSOR');
  });

  it('takes hostile text as text', async () => {
    const hostile = '"><script>alert(1)</script> {$ne: null} \u202e\u0000 ${7*7} 🥚';
    const { data, errors } = await ask(ana, make, {
      input: { ...pancakes, title: `Soup ${hostile}`, recipeIngredient: [hostile] },
    });
    expect({ errors, userErrors: data.createRecipe.userErrors }).toEqual({ errors: undefined, userErrors: [] });
    const search = await ask(ana, 'query($text: String) { recipes(filter: { text: $text }) { totalCount } }', {
      text: '"$where -- \\" {',
    });
    expect(search.errors).toBeUndefined();
  });

  it('needs a signed-in user for every mutation', async () => {
    const { errors } = await ask(null, make, { input: pancakes });
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is refused whole without the gateway’s word on who asks', async () => {
    const response = await fetch(rooms.service('recipes').url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ me { id } }"}',
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'VIEWER_TOKEN_MISSING' } }] });
  });
});

describe('categories', () => {
  it('are made by operators only, once each', async () => {
    const make = 'mutation { createRecipeCategory(name: "Brunch") { category { slug } userErrors { code } } }';
    expect((await ask(ana, make)).data.createRecipeCategory.userErrors).toEqual([{ code: 'FORBIDDEN' }]);
    expect((await ask(operator, make)).data.createRecipeCategory).toEqual({
      category: { slug: 'brunch' },
      userErrors: [],
    });
    expect((await ask(operator, make)).data.createRecipeCategory.userErrors).toEqual([{ code: 'CATEGORY_EXISTS' }]);
  });
});

describe('the shipped recipes', () => {
  const load = (lines: string[]) =>
    rooms.askInternal('dev-env', 'recipes', '/internal/shipped-recipes', {
      recipes: lines.map(line => JSON.parse(line) as unknown),
    });

  it('are loaded once, however often, as nobody’s and public', async () => {
    expect(await load(shipped.slice(0, 20))).toEqual({ created: 20, present: 0 });
    expect(await load(shipped.slice(10, 30))).toEqual({ created: 10, present: 10 });
    const { data } = await ask(
      null,
      '{ recipes(filter: { text: "aglio" }) { nodes { title visibility user { id } recipeCategory { name } } edges { reasons } } }',
    );
    expect(data.recipes.nodes).toContainEqual({
      title: 'Spaghetti aglio e olio',
      visibility: 'PUBLIC',
      user: null,
      recipeCategory: [{ name: 'Main course' }],
    });
    expect(data.recipes.edges[0].reasons).toEqual(['matches “aglio”']);
  });

  it('are loaded by nobody else', async () => {
    await expect(
      rooms.askInternal('mealplans', 'recipes', '/internal/shipped-recipes', { recipes: [] }),
    ).rejects.toThrow('403');
  });

  it('are searched by what they are and hold, and every page leads to the next', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await ask(
        null,
        `query($after: String) { recipes(filter: { diets: [VEGETARIAN], excludeAllergens: [PEANUTS], maxTotalTime: "PT2H" }, orderBy: QUICKEST, first: 2, after: $after) {
          totalCount edges { node { id suitableForDiet } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      expect(errors).toBeUndefined();
      seen.push(...data.recipes.edges.map((edge: { node: { id: string } }) => edge.node.id));
      after = data.recipes.pageInfo.hasNextPage ? data.recipes.pageInfo.endCursor : null;
      if (after === null) expect(seen).toHaveLength(data.recipes.totalCount);
    } while (after !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(0);
  });
});

describe('a neighbour', () => {
  it('is told the recipes that its viewer may see, with their versions', async () => {
    const [open, hidden] = [await create(ana, { visibility: 'PUBLIC' }), await create(ana)];
    const answer = (viewerId: string) =>
      rooms.askInternal('mealplans', 'recipes', '/internal/recipes/by-ids', { ids: [open, hidden], viewerId });
    expect(await answer(ana.userId)).toMatchObject({ recipes: [{ version: 1 }, { version: 1 }] });
    expect(await answer(ben.userId)).toMatchObject({ recipes: [{ version: 1, state: { id: open } }] });
  });
});
