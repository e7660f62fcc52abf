import { afterAll, beforeAll, expect, test } from 'vitest';
import { password } from '../../subgraphs/users/tests/people.ts';
import type { TestViewer } from '../../shared/testing/src/rooms.ts';
import { furnish, MARK } from './belongings.ts';
import { openHouse, rewind, settled, type House } from './house.ts';

let house: House;
let ana: TestViewer;
let ben: TestViewer;
let bens: Awaited<ReturnType<typeof furnish>>;
let erasureId: string;
const email = `${MARK}.person@example.org`;

beforeAll(async () => {
  house = await openHouse();
  ana = await house.signUp({ email, displayName: `${MARK} Ana` });
  ben = await house.signUp({ displayName: 'Ben' });
});
afterAll(() => house.stop());

const receipt = async () => {
  const ask = 'id status completedAt steps { service status recordsErased recordsAnonymised finishedAt }';
  return (await house.query('users', null, `{ accountErasure(id: "${erasureId}") { ${ask} } }`)).data.accountErasure;
};
const stepOf = async (service: string) =>
  (await receipt()).steps.find((step: { service: string }) => step.service === service);
const deleteAccount = async (given: string) => {
  const input = `{ password: "${given}", idempotencyKey: "${MARK}" }`;
  const ask = 'erasure { id status } userErrors { code path }';
  return house.query('users', ana, `mutation { deleteAccount(input: ${input}) { ${ask} } }`);
};

test('before, her texts are in all seven rooms, and on the bus', async () => {
  bens = await furnish(house, ana, ben);
  await settled(house);
  const places = new Set((await house.find(MARK)).map(place => place.split(/[. ]/)[0]));
  expect([...places].sort()).toEqual([...house.names.filter(name => name !== 'users'), 'redis', 'users'].sort());
});

test('while a service is away all others erase, and the report waits for it', async () => {
  await house.halt('blog');
  expect((await deleteAccount('wrong')).data.deleteAccount).toMatchObject({
    erasure: null,
    userErrors: [{ code: 'INVALID_CREDENTIALS', path: ['input', 'password'] }],
  });
  const { data } = await deleteAccount(password);
  erasureId = data.deleteAccount.erasure.id;
  expect(data.deleteAccount).toEqual({ erasure: { id: erasureId, status: 'RUNNING' }, userErrors: [] });
  expect((await deleteAccount(password)).data.deleteAccount.erasure.id).toBe(erasureId);
  for (const service of ['recipes', 'mealplans', 'shopping', 'social', 'notifications']) {
    await expect.poll(async () => (await stepOf(service)).status, { timeout: 45_000 }).toBe('SUCCEEDED');
    expect((await stepOf(service)).recordsErased).toBeGreaterThan(0);
  }
  expect(await receipt()).toMatchObject({ status: 'RUNNING', completedAt: null });
  expect(await stepOf('blog')).toMatchObject({ status: 'RUNNING', recordsErased: null, finishedAt: null });
});

test('when it is back the erasure completes, and none of her words is left anywhere', { timeout: 90_000 }, async () => {
  await house.resume('blog');
  await expect.poll(async () => (await receipt()).status, { timeout: 45_000 }).toBe('SUCCEEDED');
  expect((await receipt()).steps.map(({ status }: { status: string }) => status)).toEqual(Array(7).fill('SUCCEEDED'));
  expect((await stepOf('shopping')).recordsAnonymised).toBeGreaterThan(0);
  await settled(house);
  // what is said last is taken off the bus a moment later
  await expect.poll(() => house.find(MARK), { timeout: 10_000 }).toEqual([]);
  const platform = /\.(outbox|user_events|sagas|commands|tombstones) /;
  expect((await house.find(ana.userId)).filter(place => !platform.test(place) && !place.startsWith('redis'))).toEqual(
    [],
  );
});

test('what is of others is still there, and counted right', async () => {
  const recipe = `{ recipe(id: "${bens.recipeId}") { title aggregateRating { ratingCount } } }`;
  expect((await house.query('recipes', ben, recipe)).data.recipe).toEqual({ title: 'Bread', aggregateRating: null });
  const ask = `{ shoppingList(id: "${bens.listId}") { store { id } collaborators { role } items { nodes { food note checked checkedBy { id } } } } }`;
  expect((await house.query('shopping', ben, ask)).data.shoppingList).toEqual({
    store: null,
    collaborators: [],
    items: { nodes: [{ food: 'salt', note: null, checked: true, checkedBy: null }] },
  });
  const post = `{ socialPost(id: "${bens.postId}") { body likeCount commentCount } me { socialProfile { followerCount followingCount } } }`;
  expect((await house.query('social', ben, post)).data).toEqual({
    socialPost: { body: 'Bread!', likeCount: 0, commentCount: 0 },
    me: { socialProfile: { followerCount: 0, followingCount: 0 } },
  });
  const article = await house.query('blog', null, `{ blogPost(id: "${bens.articleId}") { title tags { name } } }`);
  expect(article.data.blogPost).toEqual({ title: 'On bread', tags: [{ name: 'bread' }] });
});

test('her token, which is still good, brings nothing back', async () => {
  const writes = [
    [
      'recipes',
      'createRecipe(input: { title: "x", recipeIngredient: [], recipeInstructions: [] }) { userErrors { code } }',
    ],
    [
      'mealplans',
      'createMealPlan(input: { startDate: "2026-11-30", endDate: "2026-11-30", items: [], idempotencyKey: "x" }) { userErrors { code } }',
    ],
    ['notifications', 'markAllNotificationsRead'],
    ['shopping', 'createShoppingList(name: "x") { userErrors { code } }'],
    ['social', 'createPost(input: { body: "x" }) { userErrors { code } }'],
    ['blog', 'createBlogPost(input: { title: "x", bodyMarkdown: "x" }) { userErrors { code } }'],
    ['users', 'updateProfile(input: { displayName: "x" }) { userErrors { code } }'],
  ] as const;
  for (const [name, write] of writes) {
    const { errors } = await house.query(name, ana, `mutation { ${write} }`);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  }
});

test('hearing all of history again brings nothing back', { timeout: 120_000 }, async () => {
  for (const name of house.names.filter(each => each !== 'users')) {
    await rewind(house.running(name));
    await house.halt(name);
    await house.resume(name);
  }
  await settled(house);
  expect(await house.find(MARK)).toEqual([]);
  expect(await receipt()).toMatchObject({ status: 'SUCCEEDED' });
});

test('the same address signs up as somebody new', async () => {
  const again = await house.signUp({ email, displayName: 'Ana' });
  expect(again.userId).not.toBe(ana.userId);
  const { data } = await house.query(
    'users',
    again,
    '{ me { email displayName preferences { dislikedIngredients } } }',
  );
  expect(data.me).toEqual({ email, displayName: 'Ana', preferences: { dislikedIngredients: [] } });
});
