import type { TestViewer } from '../../shared/testing/src/rooms.ts';
import { expect } from 'vitest';
import type { House } from './house.ts';

/** Stands in every text of the person, and in nothing else. */
export const MARK = 'zqmarker';
const w = (more = '') => `${MARK} ${more}`.trim();
const errors = 'userErrors { code message }';
const today = new Date().toISOString().slice(0, 10);

const recipe = (visibility: string) => ({
  title: w('stew'),
  description: w(),
  image: [`https://${MARK}.example/1.png`],
  recipeYield: `4 ${MARK} bowls`,
  recipeIngredient: [`2 ${MARK}berries`, '500 g flour'],
  recipeInstructions: [{ name: w(), steps: [w('stir')] }],
  recipeCuisine: [w()],
  keywords: [w()],
  nutrition: { servingSize: w() },
  visibility,
});

const plan = (recipeId: string, key: string, name: string) => ({
  input: {
    name,
    startDate: today,
    endDate: today,
    items: [
      { date: today, mealType: 'DINNER', recipeId, servings: 4 },
      { date: today, mealType: 'LUNCH', note: `${name} leftovers` },
    ],
    idempotencyKey: key,
  },
});

interface Bens {
  recipeId: string;
  listId: string;
  planListId: string;
  postId: string;
  articleId: string;
}

/** Ben has something in every room, and shares a list with Ana. */
async function furnishBen(house: House, ben: TestViewer, ana: TestViewer): Promise<Bens> {
  const { recipe: own } = await house.act(
    ...(['recipes', ben, 'createRecipe'] as const),
    { input: { title: 'Bread', recipeIngredient: ['500 g flour'], recipeInstructions: [], visibility: 'PUBLIC' } },
    `recipe { id } ${errors}`,
  );
  const { shoppingList } = await house.act(
    'shopping',
    ben,
    'createShoppingList',
    { name: 'Bens' },
    `shoppingList { id } ${errors}`,
  );
  await expect
    .poll(async () => {
      const share = `mutation { shareShoppingList(listId: "${shoppingList.id}", userId: "${ana.userId}", role: EDITOR) { ${errors} } }`;
      return (await house.query('shopping', ben, share)).data.shareShoppingList.userErrors;
    })
    .toEqual([]);
  const { post } = await house.act('social', ben, 'createPost', { input: { body: 'Bread!' } }, `post { id } ${errors}`);
  const article = await house.act(
    ...(['blog', ben, 'createBlogPost'] as const),
    { input: { title: 'On bread', bodyMarkdown: 'Knead.', tags: ['bread'] } },
    `post { id } ${errors}`,
  );
  await house.act('blog', ben, 'publishBlogPost', { id: article.post.id }, errors);
  return { recipeId: own.id, listId: shoppingList.id, planListId: '', postId: post.id, articleId: article.post.id };
}

/** What Ana writes in her own rooms. Answers a public recipe of hers. */
async function furnishOwn(house: House, ana: TestViewer): Promise<string> {
  await house.act('users', ana, 'updateProfile', { input: { avatar: `https://${MARK}.example/me.png` } }, errors);
  const tastes = { dislikedIngredients: [w()], favoriteCuisines: [w()] };
  await house.act('users', ana, 'updatePreferences', { input: tastes }, errors);
  const made = `recipe { id version } ${errors}`;
  const gone = await house.act('recipes', ana, 'createRecipe', { input: recipe('PUBLIC') }, made);
  await house.act('recipes', ana, 'deleteRecipe', { id: gone.recipe.id }, errors);
  const { recipe: own } = await house.act('recipes', ana, 'createRecipe', { input: recipe('PUBLIC') }, made);
  const edit = { id: own.id, expectedVersion: 1, input: { ...recipe('PUBLIC'), description: w('new') } };
  await house.act('recipes', ana, 'updateRecipe', edit, made);
  const planned = await house.act(
    'mealplans',
    ana,
    'createMealPlan',
    plan(own.id, w('1'), w('week')),
    `mealPlan { id status } ${errors}`,
  );
  const { id } = planned.mealPlan;
  await expect
    .poll(
      async () => (await house.query('mealplans', ana, `{ mealPlan(id: "${id}") { status } }`)).data.mealPlan.status,
    )
    .toBe('ACTIVE');
  await house.act('mealplans', ana, 'skipDay', { mealPlanId: id, date: today, reason: w() }, errors);
  await house.act('mealplans', ana, 'saveAsTemplate', { mealPlanId: id, name: w() }, errors);
  const dropped = await house.act(
    'mealplans',
    ana,
    'createMealPlan',
    plan(own.id, w('2'), w('other')),
    `mealPlan { id } ${errors}`,
  );
  await expect
    .poll(
      async () =>
        (await house.query('mealplans', ana, `mutation { deleteMealPlan(id: "${dropped.mealPlan.id}") { ${errors} } }`))
          .data.deleteMealPlan.userErrors,
    )
    .toEqual([]);
  const list = await house.act('shopping', ana, 'createShoppingList', { name: w() }, `shoppingList { id } ${errors}`);
  await house.act('shopping', ana, 'addShoppingItem', { listId: list.shoppingList.id, text: `2 kg ${MARK}` }, errors);
  await house.act('shopping', ana, 'mapIngredient', { food: w(), aisle: w() }, errors);
  await house.act('social', ana, 'updateSocialProfile', { input: { handle: `${MARK}_h`, bio: w() } }, errors);
  const input = { title: w(), bodyMarkdown: w('body'), excerpt: w(), tags: [w(), 'bread'] };
  const article = await house.act('blog', ana, 'createBlogPost', { input }, `post { id } ${errors}`);
  await house.act('blog', ana, 'publishBlogPost', { id: article.post.id }, errors);
  return own.id;
}

/** What they write at each other's. */
async function mingle(house: House, ana: TestViewer, ben: TestViewer, bens: Bens, recipeId: string): Promise<void> {
  await house.act('recipes', ana, 'rateRecipe', { recipeId: bens.recipeId, ratingValue: 2, reviewBody: w() }, errors);
  await house.act('recipes', ana, 'saveRecipe', { recipeId: bens.recipeId }, errors);
  await house.act('recipes', ben, 'rateRecipe', { recipeId, ratingValue: 4, reviewBody: 'fine' }, errors);
  const item = `item { id version } ${errors}`;
  await house.act('shopping', ana, 'addShoppingItem', { listId: bens.listId, text: `3 ${MARK}` }, item);
  const bensItem = await house.act(
    'shopping',
    ben,
    'addShoppingItem',
    { listId: bens.listId, text: '2 kg salt' },
    item,
  );
  const { id, version } = bensItem.item;
  await house.act(
    'shopping',
    ana,
    'updateShoppingItem',
    { id, expectedVersion: version, input: { note: w(), aisle: w() } },
    item,
  );
  await house.act('shopping', ana, 'setItemChecked', { id, checked: true, clientMutationId: w() }, item);
  const described = { input: { name: w(), address: w(), aisleOrder: [w()] } };
  const { store } = await house.act('shopping', ana, 'createStoreLocation', described, `store { id } ${errors}`);
  await house.act('shopping', ben, 'setPreferredStore', { listId: bens.listId, storeId: store.id }, errors);
  const { post } = await house.act(
    'social',
    ana,
    'createPost',
    { input: { body: w(), images: [`https://${MARK}.example/2.png`] } },
    `post { id } ${errors}`,
  );
  await house.act('social', ben, 'addComment', { postId: post.id, body: 'Nice' }, errors);
  await house.act('social', ben, 'likePost', { postId: post.id }, errors);
  await house.act('social', ana, 'addComment', { postId: bens.postId, body: w() }, errors);
  await house.act('social', ana, 'likePost', { postId: bens.postId }, errors);
  await house.act('social', ana, 'reportPost', { postId: bens.postId, reason: w() }, 'reported');
  await house.act('social', ana, 'followUser', { userId: ben.userId }, errors);
  await house.act('social', ben, 'followUser', { userId: ana.userId }, errors);
  await house.act('blog', ana, 'addBlogComment', { postId: bens.articleId, body: w() }, errors);
}

/** Ben cooks what Ana wrote, and ticks it off. Answers the list of his plan. */
async function cook(house: House, ben: TestViewer, recipeId: string): Promise<string> {
  const { mealPlan } = await house.act(
    'mealplans',
    ben,
    'createMealPlan',
    plan(recipeId, 'b', 'Bens week'),
    `mealPlan { id } ${errors}`,
  );
  const list = async () => {
    const ask = `{ _entities(representations: [{ __typename: "MealPlan", id: "${mealPlan.id}" }]) { ... on MealPlan { shoppingList { id items { nodes { id food } } } } } }`;
    return (await house.query('shopping', ben, ask)).data._entities[0]?.shoppingList;
  };
  await expect.poll(async () => (await list())?.items.nodes.length).toBe(2);
  const { id, items } = await list();
  const hers = items.nodes.find(({ food }: { food: string }) => food.includes(MARK));
  await house.act('shopping', ben, 'setItemChecked', { id: hers.id, checked: true }, errors);
  return id;
}

/** Fills every text of every room that Ana can write in. */
export async function furnish(house: House, ana: TestViewer, ben: TestViewer): Promise<Bens> {
  const bens = await furnishBen(house, ben, ana);
  const recipeId = await furnishOwn(house, ana);
  await mingle(house, ana, ben, bens, recipeId);
  return { ...bens, planListId: await cook(house, ben, recipeId) };
}
