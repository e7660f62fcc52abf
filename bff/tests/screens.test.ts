import { buildSchema, parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBff, type RunningBff } from '../src/bff.ts';
import { screens } from '../src/screens.ts';
import { standInGateway, type StandInGateway } from './stand-in-gateway.ts';

let gateway: StandInGateway;
let bff: RunningBff;

const start = (gatewayUrl: string) =>
  startBff({ production: false, host: '127.0.0.1', port: 0, logLevel: 'silent', corsOrigins: [], gatewayUrl });

beforeAll(async () => {
  gateway = await standInGateway();
  bff = await start(gateway.url);
});
beforeEach(() => {
  gateway.asked.length = 0;
});
afterAll(async () => {
  await bff.stop();
  await gateway.stop();
});

const recipe = { id: 'r1', slug: 'soup', title: 'Soup', image: [], totalTime: 'PT30M' };
const plan = {
  id: 'p1',
  name: null,
  startDate: '2026-11-23',
  endDate: '2026-11-29',
  status: 'ACTIVE',
  updatedAt: '2026-11-20T10:00:00Z',
};
const notice = {
  id: 'n1',
  type: 'MEAL_PLAN_READY',
  title: 'Ready',
  body: 'Your week',
  createdAt: '2026-11-20T10:00:00Z',
};
const user = { id: 'u1', displayName: 'Ana', avatar: null };
const dashboard = {
  user,
  recentMealPlans: { mealPlans: { nodes: [plan] } },
  recommendedRecipes: { recommendedRecipes: { edges: [{ reasons: ['suits VEGETARIAN'], node: recipe }] } },
  notifications: { notifications: { nodes: [notice] } },
};
const meal = { id: 'i1', date: '2026-11-23', mealType: 'DINNER', servings: 2, note: null, cookedAt: null, recipe };
const list = { id: 'l1', name: 'Week', version: 3, updatedAt: '2026-11-20T10:00:00Z', itemsByAisle: [] };
const home = { user, todaysMeals: { todaysMeals: [meal] }, shoppingList: { activeShoppingList: list } };
const listless = { ...home, shoppingList: { activeShoppingList: null } };

const get = (path: string, headers: Record<string, string> = { authorization: 'Bearer token' }, method = 'GET') =>
  fetch(`${bff.url}${path}`, { headers, method });
const json = async (path: string): Promise<unknown> => (await get(path)).json();

describe('a screen', () => {
  it.each(screens)('$path is one named operation that the graph takes', ({ query, name: operationName }) => {
    const graph = buildSchema(readFileSync('supergraph.graphql', 'utf8'), { assumeValidSDL: true });
    expect(validate(graph, parse(query))).toEqual([]);
    expect(parse(query).definitions).toMatchObject([{ operation: 'query', name: { value: operationName } }]);
  });

  it('of the web shows the parts of the dashboard', async () => {
    gateway.replies({ body: { data: dashboard } });
    expect(await json('/web/dashboard')).toEqual({
      user,
      recentMealPlans: [plan],
      recommendedRecipes: [{ ...recipe, reasons: ['suits VEGETARIAN'] }],
      notifications: [notice],
      errors: [],
    });
  });

  it('of the app shows the parts of the home screen, and null for a list that there is not', async () => {
    gateway.replies({ body: { data: home } });
    expect(await json('/mobile/home')).toEqual({ user, todaysMeals: [meal], shoppingList: list, errors: [] });
    gateway.replies({ body: { data: listless } });
    expect(await json('/mobile/home')).toEqual({ user, todaysMeals: [meal], shoppingList: null, errors: [] });
  });

  it('asks the gateway once, with the caller’s token and ids', async () => {
    gateway.replies({ body: { data: dashboard } });
    await get('/web/dashboard', { authorization: 'Bearer token', 'x-correlation-id': 'correlation-1' });
    expect(gateway.asked).toMatchObject([
      {
        operationName: 'WebDashboard',
        headers: { authorization: 'Bearer token', 'x-correlation-id': 'correlation-1' },
      },
    ]);
  });
});

describe('a part that fails', () => {
  const away = (service: string, path: (string | number)[]) => ({
    message: 'away',
    path,
    extensions: { code: 'SERVICE_UNAVAILABLE', service },
  });
  const UNAVAILABLE = 'SERVICE_UNAVAILABLE';

  it.each([
    ['recommendedRecipes', away('recipes', ['recommendedRecipes'])],
    ['recommendedRecipes', away('recipes', ['recommendedRecipes', 'recommendedRecipes'])],
    ['notifications', away('notifications', ['notifications', 'notifications', 'nodes', 0, 'title'])],
    ['recentMealPlans', away('mealplans', [])],
    ['user', away('users', ['user'])],
  ])('is null and named, and the rest is there: %s', async (part, error) => {
    gateway.replies({ body: { data: { ...dashboard, [part]: null }, errors: [error] } });
    const { errors, ...parts } = (await json('/web/dashboard')) as Record<string, unknown>;
    expect(errors).toEqual([{ part, code: UNAVAILABLE }]);
    expect(Object.keys(parts).filter(name => parts[name] === null)).toEqual([part]);
  });

  it.each([['todaysMeals', 'todaysMeals', 0, 'recipe', 'title'], ['todaysMeals']])(
    'within a part leaves that part there: %s',
    async (...path) => {
      const data = { ...home, todaysMeals: { todaysMeals: [{ ...meal, recipe: null }] } };
      const error = away('recipes', path);
      gateway.replies({ body: { data, errors: [error, error] } });
      expect(await json('/mobile/home')).toMatchObject({
        todaysMeals: [{ id: 'i1', recipe: null }],
        errors: [{ part: 'todaysMeals.recipe', code: UNAVAILABLE }],
      });
    },
  );

  it('says why: preferences that are not known yet', async () => {
    const error = {
      message: 'not yet',
      path: ['recommendedRecipes', 'recommendedRecipes'],
      extensions: { code: 'NOT_READY' },
    };
    gateway.replies({
      body: { data: { ...dashboard, recommendedRecipes: { recommendedRecipes: null } }, errors: [error] },
    });
    expect(await json('/web/dashboard')).toMatchObject({ errors: [{ part: 'recommendedRecipes', code: 'NOT_READY' }] });
  });

  it('may be all of them', async () => {
    gateway.replies({
      body: { data: { user: null, todaysMeals: null, shoppingList: null }, errors: [{ message: 'x' }] },
    });
    const code = 'INTERNAL_SERVER_ERROR';
    expect(await json('/mobile/home')).toEqual({
      user: null,
      todaysMeals: null,
      shoppingList: null,
      errors: ['user', 'todaysMeals', 'shoppingList'].map(part => ({ part, code })),
    });
  });
});

describe('a problem', () => {
  it.each([
    ['no token', '/web/dashboard', {}, 'GET', 401, 'UNAUTHENTICATED'],
    ['an unknown parameter', '/mobile/home?day=1', { authorization: 'Bearer x' }, 'GET', 400, 'UNKNOWN_PARAMETER'],
    ['a path that is none', '/nowhere', {}, 'GET', 404, 'NOT_FOUND'],
    ['a method that writes', '/web/dashboard', {}, 'POST', 405, 'METHOD_NOT_ALLOWED'],
  ])('is answered with a stable code: %s', async (_, path, headers, method, status, code) => {
    const response = await get(path, headers, method);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await response.json()).toMatchObject({ type: 'about:blank', status, code });
    expect(gateway.asked).toEqual([]);
  });

  it.each([
    [
      'a bad token',
      401,
      { errors: [{ message: 'expired', extensions: { code: 'UNAUTHENTICATED' } }] },
      401,
      'UNAUTHENTICATED',
    ],
    ['an operation it does not know', 400, { errors: [{ message: 'no such field' }] }, 502, 'GATEWAY_REFUSED'],
    ['an answer that is no JSON', 200, '<html>', 503, 'GATEWAY_UNAVAILABLE'],
    ['a failure of its own', 500, { errors: [{ message: 'x' }] }, 503, 'GATEWAY_UNAVAILABLE'],
  ])('of the gateway is passed on as one: %s', async (_, given, body, status, code) => {
    gateway.replies({ status: given, body });
    const response = await get('/web/dashboard');
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
    expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
  });

  it('is 503 while the gateway is away, which the BFF outlives', async () => {
    const gone = await standInGateway();
    const orphan = await start(gone.url);
    expect((await fetch(`${orphan.url}/health/ready`)).status).toBe(200);
    await gone.stop();
    const response = await fetch(`${orphan.url}/web/dashboard`, { headers: { authorization: 'Bearer x' } });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'GATEWAY_UNAVAILABLE' });
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await (await fetch(`${orphan.url}/health/ready`)).json()).toEqual({ ready: false, missing: ['gateway'] });
    expect((await fetch(`${orphan.url}/health/live`)).status).toBe(200);
    await orphan.stop();
  });
});

describe('an answer', () => {
  it('is not sent again to who has it, and is sent when it changed', async () => {
    gateway.replies({ body: { data: home } });
    const tag = (await get('/mobile/home')).headers.get('etag') ?? '';
    const held = (etag: string) => get('/mobile/home', { authorization: 'Bearer token', 'if-none-match': etag });
    const same = await held(`"other", W/${tag}`);
    expect({ status: same.status, body: await same.text(), tag: same.headers.get('etag') }).toEqual({
      status: 304,
      body: '',
      tag,
    });
    expect(same.headers.get('cache-control')).toBe('private, no-cache');
    gateway.replies({ body: { data: listless } });
    expect((await held(tag)).status).toBe(200);
  });

  it('that is under way is finished when the BFF is told to stop', async () => {
    const leaving = await start(gateway.url);
    const gate = Promise.withResolvers<undefined>();
    gateway.replies({ body: { data: home }, after: gate.promise });
    const response = fetch(`${leaving.url}/mobile/home`, { headers: { authorization: 'Bearer x' } });
    await expect.poll(() => gateway.asked.length).toBe(1);
    const stopped = leaving.stop();
    gate.resolve(undefined);
    expect((await response).status).toBe(200);
    await stopped;
    await expect(fetch(`${leaving.url}/health/live`)).rejects.toThrow();
  });
});

describe('the description', () => {
  it('names both routes with the schemas of their answers', async () => {
    const api = (await json('/openapi.json')) as {
      openapi: string;
      paths: Record<string, { get: { responses: Record<string, { content?: Record<string, { schema: object }> }> } }>;
      components: { schemas: Record<string, { required?: string[]; properties?: Record<string, unknown> }> };
    };
    expect(api.openapi).toBe('3.1.0');
    expect(Object.keys(api.paths)).toEqual(['/web/dashboard', '/mobile/home']);
    const { responses } = api.paths['/web/dashboard']?.get ?? { responses: {} };
    expect(Object.keys(responses).sort()).toEqual(['200', '304', '400', '401', '500', '502', '503']);
    expect(responses['200']?.content?.['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/WebDashboard',
    });
    expect(api.components.schemas.MobileHome?.required).toEqual(['user', 'todaysMeals', 'shoppingList', 'errors']);
    const refs = [...JSON.stringify(api).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(match => match[1]);
    expect(refs.filter(name => !(name !== undefined && name in api.components.schemas))).toEqual([]);
  });

  it('is a page that loads nothing', async () => {
    const response = await get('/');
    const page = await response.text();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(page).toContain('GET /mobile/home');
    expect(page).not.toMatch(/<script|src=|https?:\/\/(?!json-schema)/);
  });
});
