import { startHouse, type House } from '@mealprep360/dev-env/house';
import { freePortBase } from '@mealprep360/dev-env/ports';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { client, signUp, type Client } from './client.ts';
import { stopRelay, unnumbered } from './relay.ts';
import { ana, counts, expectWeek, importWeek, itemsOf, planWeek, settled, wednesday, type ListItem } from './week.ts';

let house: House;
let portBase: number;
const data = mkdtempSync(join(tmpdir(), 'mealprep360-journey-'));

const start = () => startHouse({ portBase, data });

beforeAll(async () => {
  portBase = await freePortBase();
  house = await start();
}, 180_000);

afterAll(async () => {
  await house.stop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);

describe('Ana plans a week', () => {
  let person: Client;
  let recipeIds: string[];
  let planId: string;
  let listId: string;

  const items = () => itemsOf(person, listId);
  const eggs = async () => (await items()).get('eggs')?.amounts[0]?.quantity;

  it('imports seven recipes and at once plans their dinners', async () => {
    person = await ana(house.graph);
    recipeIds = await importWeek(person);
    const { mealPlan, userErrors } = await planWeek(person, recipeIds, 'week-49');
    expect(userErrors).toEqual([]);
    planId = mealPlan?.id ?? '';
    expect(await settled(person, planId)).toBe('ACTIVE');
  });

  it('gets one plan, one list and one notification, which leads to the plan', async () => {
    await expect.poll(() => counts(person), { timeout: 10_000 }).toEqual({ plans: 1, lists: 1, notifications: 1 });
    const { me } = await person.ask(
      `{ me { unreadNotificationCount notifications { nodes { type title subject { ... on MealPlan { id name status } } } } } }`,
    );
    expect(me.unreadNotificationCount).toBe(1);
    expect(me.notifications.nodes).toEqual([
      {
        type: 'MEAL_PLAN_READY',
        title: expect.any(String),
        subject: { id: planId, name: 'Week 49', status: 'ACTIVE' },
      },
    ]);
  });

  it('leaves a house that is well, as the person on call sees it', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['dev-env/ops.mjs', 'status', '--data', data]);
    expect(stdout).toMatch(/^mealplans +yes .*\n/m);
    expect(stdout).toContain('All is well.');
  });

  it('doubles nothing by asking again, not even fifty times at once', async () => {
    expect((await planWeek(person, recipeIds, 'week-49')).mealPlan?.id).toBe(planId);
    const answers = await Promise.all(Array.from({ length: 50 }, () => planWeek(person, recipeIds, 'week-49')));
    expect(new Set(answers.map(answer => answer.mealPlan?.id))).toEqual(new Set([planId]));
    expect(await counts(person)).toEqual({ plans: 1, lists: 1, notifications: 1 });
    const other = await planWeek(person, recipeIds.slice(1), 'week-49');
    expect(other.userErrors.map(({ code }) => code)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  it('makes one plan of fifty first calls in parallel', async () => {
    const second = await ana(house.graph);
    const recipes = await importWeek(second);
    const answers = await Promise.all(Array.from({ length: 50 }, () => planWeek(second, recipes, 'at-once')));
    const ids = new Set(answers.map(answer => answer.mealPlan?.id));
    expect(ids.size).toBe(1);
    expect(await settled(second, [...ids][0] ?? '')).toBe('ACTIVE');
    await expect.poll(() => counts(second), { timeout: 10_000 }).toEqual({ plans: 1, lists: 1, notifications: 1 });
  });

  it('has everything on one list, merged, by aisle, with where it comes from', async () => {
    const { mealPlan } = await person.ask(
      `query($id: ID!) { mealPlan(id: $id) {
        items { date recipe { title } servings }
        shoppingList { id itemsByAisle { aisle items { id } } items { totalCount } mealPlans { id } }
      } }`,
      { id: planId },
    );
    expect(mealPlan.items).toHaveLength(7);
    expect(mealPlan.items[2]).toEqual({ date: wednesday, recipe: { title: 'Shakshouka' }, servings: 2 });
    listId = mealPlan.shoppingList.id;
    expectWeek(await items());
    const { itemsByAisle, items: all, mealPlans } = mealPlan.shoppingList;
    expect(mealPlans).toEqual([{ id: planId }]);
    expect(itemsByAisle.length).toBeGreaterThan(3);
    const grouped = itemsByAisle.flatMap((group: { items: ListItem[] }) => group.items.map(item => item.id));
    expect(new Set(grouped).size).toBe(all.totalCount);
  });

  it('skips Wednesday: its amounts go, what she ticked off stays ticked; unskipped, all is back', async () => {
    const spaghetti = (await items()).get('spaghetti');
    const tick = await person.ask(
      'mutation($id: ID!) { setItemChecked(id: $id, checked: true) { item { checked checkedBy { id } } userErrors { code } } }',
      { id: spaghetti?.id },
    );
    expect(tick.setItemChecked).toEqual({ item: { checked: true, checkedBy: { id: person.userId } }, userErrors: [] });
    const change = (mutation: string) =>
      person.ask(
        `mutation($id: ID!, $date: LocalDate!) { ${mutation}(mealPlanId: $id, date: $date) { mealPlan { skippedDays { date } } userErrors { code } } }`,
        { id: planId, date: wednesday },
      );
    expect((await change('skipDay')).skipDay).toEqual({
      mealPlan: { skippedDays: [{ date: wednesday }] },
      userErrors: [],
    });
    await expect.poll(eggs, { timeout: 10_000 }).toBeCloseTo(4, 6);
    const without = await items();
    expect(without.has('cumin')).toBe(false);
    expect(without.get('spaghetti')?.checked).toBe(true);
    await change('unskipDay');
    await expect.poll(eggs, { timeout: 10_000 }).toBeCloseTo(9, 6);
    const again = await items();
    expect(again.has('cumin')).toBe(true);
    expect(again.get('spaghetti')?.checked).toBe(true);
    expectWeek(again);
  });

  it('is told that her list changed, and can read and mark what she was told', async () => {
    const types = async () => {
      const { me } = await person.ask('{ me { notifications { nodes { id type } unreadCount } } }');
      return me.notifications.nodes.map((node: { type: string }) => node.type);
    };
    await expect
      .poll(types, { timeout: 10_000 })
      .toEqual(['SHOPPING_LIST_UPDATED', 'SHOPPING_LIST_UPDATED', 'MEAL_PLAN_READY']);
    expect((await person.ask('mutation { markAllNotificationsRead }')).markAllNotificationsRead).toBe(3);
    expect((await person.ask('{ me { unreadNotificationCount } }')).me.unreadNotificationCount).toBe(0);
  });

  it('is alone with it: another person sees nothing of it by any path', async () => {
    const ben = await signUp(house.graph, 'Ben', 'Europe/Berlin');
    const item = (await items()).get('eggs');
    const notice = (await person.ask('{ me { notifications(first: 1) { nodes { id } } } }')).me.notifications.nodes[0]
      .id;
    for (const stranger of [ben, client(house.graph)]) {
      const { data } = await stranger.send(
        `query($plan: ID!, $list: ID!, $notice: ID!, $recipe: ID!, $ana: ID!) {
          mealPlan(id: $plan) { id } shoppingList(id: $list) { id } notification(id: $notice) { id } recipe(id: $recipe) { id }
          recipes(filter: { text: "Shakshouka", authorId: $ana }) { totalCount }
          user(id: $ana) { displayName email roles preferences { diets } settings { timeZone } sessions { id }
            recipes { totalCount } mealPlans { totalCount } todaysMeals { id } shoppingLists { totalCount }
            activeShoppingList { id } notifications { totalCount } unreadNotificationCount }
        }`,
        { plan: planId, list: listId, notice, recipe: recipeIds[0], ana: person.userId },
      );
      expect(data).toEqual({
        mealPlan: null,
        shoppingList: null,
        notification: null,
        recipe: null,
        recipes: { totalCount: 0 },
        user: {
          displayName: 'Ana',
          email: null,
          roles: null,
          preferences: null,
          settings: null,
          sessions: null,
          recipes: { totalCount: 0 },
          mealPlans: null,
          todaysMeals: null,
          shoppingLists: null,
          activeShoppingList: null,
          notifications: null,
          unreadNotificationCount: null,
        },
      });
    }
    const refused = await ben.ask(
      `mutation($plan: ID!, $list: ID!, $item: ID!, $notice: ID!, $date: LocalDate!) {
        skipDay(mealPlanId: $plan, date: $date) { userErrors { code } }
        deleteMealPlan(id: $plan) { userErrors { code } }
        generateShoppingList(mealPlanId: $plan) { userErrors { code } }
        addShoppingItem(listId: $list, text: "1 egg") { userErrors { code } }
        setItemChecked(id: $item, checked: true) { userErrors { code } }
        removeShoppingItem(id: $item) { userErrors { code } }
        shareShoppingList(listId: $list, userId: "0123456789abcdef01234567", role: EDITOR) { userErrors { code } }
        markNotificationRead(id: $notice) { userErrors { code } }
      }`,
      { plan: planId, list: listId, item: item?.id, notice, date: wednesday },
    );
    const codes = Object.values(refused as Record<string, { userErrors: { code: string }[] }>).map(
      payload => payload.userErrors[0]?.code,
    );
    expect(codes.every(code => code?.endsWith('_NOT_FOUND'))).toBe(true);
    const stolen = await planWeek(ben, recipeIds, 'stolen');
    expect(stolen).toMatchObject({ mealPlan: null, userErrors: [{ code: 'RECIPE_NOT_FOUND' }] });
  });

  it('still has everything after the whole house was stopped and started again', async () => {
    await house.stop();
    house = await start();
    const { me } = await person
      .ask(
        '{ me { displayName email mealPlans { nodes { id status items { recipe { title } } } } notifications { totalCount unreadCount } } }',
      )
      .catch(async () => ({ me: null, why: await person.send('{ me { id } }') }));
    expect(me).toMatchObject({
      displayName: 'Ana',
      mealPlans: { nodes: [{ id: planId, status: 'ACTIVE' }] },
      notifications: { totalCount: 3, unreadCount: 0 },
    });
    expect(me.mealPlans.nodes[0].items).toHaveLength(7);
    expectWeek(await items());
    expect((await items()).get('spaghetti')?.checked).toBe(true);
  });

  it('keeps what she added by hand when the plan goes; a list that then holds nothing goes with it', async () => {
    const { addShoppingItem } = await person.ask(
      'mutation($list: ID!) { addShoppingItem(listId: $list, text: "2 rolls of paper towels") { item { id manual } userErrors { code } } }',
      { list: listId },
    );
    expect(addShoppingItem).toMatchObject({ item: { manual: true }, userErrors: [] });
    const removed = await person.ask(
      'mutation($id: ID!) { deleteMealPlan(id: $id) { deletedId userErrors { code } } }',
      { id: planId },
    );
    expect(removed.deleteMealPlan).toEqual({ deletedId: planId, userErrors: [] });
    await expect.poll(async () => (await items()).size, { timeout: 10_000 }).toBe(1);
    const other = await planWeek(person, recipeIds, 'another');
    expect(await settled(person, other.mealPlan?.id ?? '')).toBe('ACTIVE');
    expect((await counts(person)).lists).toBe(2);
    await person.ask('mutation($id: ID!) { deleteMealPlan(id: $id) { deletedId } }', { id: other.mealPlan?.id });
    await expect.poll(async () => (await counts(person)).lists, { timeout: 10_000 }).toBe(1);
  });
});

describe('the same journey', () => {
  it.each(['users', 'recipes', 'mealplans', 'shopping', 'notifications'])(
    'passes with the relay of %s stopped for five seconds at its start',
    async service => {
      const restartRelay = await stopRelay(house, service);
      onTestFinished(restartRelay);
      const fiveSeconds = setTimeout(5000);
      const person = await ana(house.graph);
      const recipeIds = await importWeek(person);
      if (service === 'users' || service === 'recipes') expect(await unnumbered(house, service)).toBeGreaterThan(0);
      const restarted = fiveSeconds.then(restartRelay);
      onTestFinished(() => restarted);
      const { mealPlan, userErrors } = await planWeek(person, recipeIds, `without-${service}`);
      expect(userErrors).toEqual([]);
      const planId = mealPlan?.id ?? '';
      expect(await settled(person, planId)).toBe('ACTIVE');
      await expect.poll(() => counts(person), { timeout: 15_000 }).toEqual({ plans: 1, lists: 1, notifications: 1 });
      const { mealPlan: plan } = await person.ask('query($id: ID!) { mealPlan(id: $id) { shoppingList { id } } }', {
        id: planId,
      });
      expectWeek(await itemsOf(person, plan.shoppingList.id));
    },
    120_000,
  );

  it('passes with shopping killed in mid-saga: the plan completes after it returns, or is undone whole', async () => {
    const person = await ana(house.graph);
    const recipeIds = await importWeek(person);
    const planning = planWeek(person, recipeIds, 'killed');
    house.kill('shopping', 'SIGKILL');
    const planId = (await planning).mealPlan?.id ?? '';
    const status = await settled(person, planId);
    if (status === 'ACTIVE') {
      await expect.poll(() => counts(person), { timeout: 30_000 }).toEqual({ plans: 1, lists: 1, notifications: 1 });
    } else {
      expect(status).toBe('FAILED');
      await expect.poll(() => counts(person), { timeout: 30_000 }).toEqual({ plans: 0, lists: 0, notifications: 0 });
    }
  }, 150_000);

  it('goes by each user’s own day: at any moment the two ends of the world see different days', async () => {
    const dayIn = (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const person = await signUp(house.graph, 'Traveller', timeZone);
      const dates = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].map(dayIn).sort();
      const { createMealPlan } = await person.ask(
        `mutation($input: CreateMealPlanInput!) { createMealPlan(input: $input) { mealPlan { id status } userErrors { code message } } }`,
        {
          input: {
            startDate: dates[0],
            endDate: dates[1],
            items: dates.map(date => ({ date, mealType: 'LUNCH', note: `lunch of ${date}` })),
            idempotencyKey: timeZone,
          },
        },
      );
      expect(createMealPlan.userErrors).toEqual([]);
      expect(await settled(person, createMealPlan.mealPlan.id)).toBe('ACTIVE');
      const before = dayIn(timeZone);
      const { me } = await person.ask('{ me { todaysMeals { date note } } }');
      // (midnight may pass between the question and its answer)
      expect([before, dayIn(timeZone)]).toContain(me.todaysMeals[0].date);
      expect(me.todaysMeals).toHaveLength(1);
    }
  });
});
