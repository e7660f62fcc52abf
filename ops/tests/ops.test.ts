import { RecipeRated } from '@mealprep360/contracts/recipes';
import { newId } from '@mealprep360/mongo/id';
import { signUp } from '../../subgraphs/users/tests/people.ts';
import { mkdtemp, mkdir, rm, copyFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { names, openHouse, poison, runOps, type TestHouse } from './house.ts';

let house: TestHouse;
let ops: TestHouse['ops'];
beforeAll(async () => {
  house = await openHouse();
  ({ ops } = house);
  await vi.waitFor(async () => expect((await ops('status')).out).toContain('All is well'), { timeout: 20_000 });
});
afterEach(() => {
  poison.clear();
});
afterAll(() => house.stop());

const parkedOf = async () => (await ops('dead-letters', 'list', '--service', 'mealplans', '--json')).json()[0].letters;

/** Three events of a recipe that cannot be applied; the first is the one that fails. */
async function parkThree() {
  const recipe = newId();
  poison.add(recipe);
  await house.rate(recipe, 1, 2, 3);
  await expect.poll(async () => (await parkedOf()).length).toBe(3);
  const [first] = await parkedOf();
  return { recipe, eventId: String(first.eventId) };
}

describe('status', () => {
  test('of a house that is well ends with 0, for people and as JSON', async () => {
    const { code, out } = await ops('status');
    expect(code).toBe(0);
    expect(out).toMatch(/^service +ready +database/);
    expect(out).toContain('All is well.');
    const { well, services } = (await ops('status', '--json')).json();
    expect(well).toBe(true);
    expect(services.map((one: { service: string }) => one.service)).toEqual(names);
  });

  test('tells what is parked, and ends with 3', async () => {
    const { eventId } = await parkThree();
    // one look is for all who ask within a second
    await expect.poll(async () => (await ops('status')).code).toBe(3);
    const { out } = await ops('status');
    expect(out).toContain('mealplans has parked 3 events of 1 aggregates');
    poison.clear();
    await ops('dead-letters', 'redrive', 'mealplans', eventId);
    await expect.poll(async () => (await ops('status')).code).toBe(0);
  });

  test('names a service that is away, and tells of the others', async () => {
    const { code, out } = await ops('status', '--urls', 'recipes=http://127.0.0.1:9/graphql');
    expect(code).toBe(3);
    expect(out).toContain('recipes does not answer at http://127.0.0.1:9');
    expect(out).toMatch(/mealplans +yes/);
  });

  test('stands in /metrics, too, with the names of what is heard and no more', async () => {
    const text = await (await fetch(new URL('/metrics', house.rooms.service('mealplans').url))).text();
    for (const line of [
      'mealprep360_ready{service="mealplans"} 1',
      'mealprep360_events_unsent{service="mealplans"} 0',
      'mealprep360_events_lag{speaker="recipes",partition="0",service="mealplans"} 0',
      'mealprep360_dead_letters{state="PARKED",service="mealplans"} 0',
      'mealprep360_parked_aggregates{service="mealplans"} 0',
      'mealprep360_sagas_ended{state="COMPENSATED",service="mealplans"} 0',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
  });
});

test('what is parked, retried, open or unknown stands in /metrics as in status', async () => {
  const metrics = async () => (await fetch(new URL('/metrics', house.rooms.service('mealplans').url))).text();
  const { eventId } = await parkThree();
  const saga = await house.startPlan();
  const recipe = newId();
  const data = { id: recipe, recipeId: recipe, userId: newId(), ratingValue: 5 };
  await house.rooms.say('recipes', { ...RecipeRated.of(recipe, 1, data), eventType: 'RecipePickled' });
  for (const line of [
    /^mealprep360_dead_letters\{state="PARKED",service="mealplans"\} 3$/m,
    /^mealprep360_parked_aggregates\{service="mealplans"\} 1$/m,
    /^mealprep360_sagas_open\{type="CreateMealPlan",state="RUNNING",service="mealplans"\} [1-9]\d*$/m,
    /^mealprep360_sagas_open_oldest_seconds\{type="CreateMealPlan",state="RUNNING",service="mealplans"\} \d*\.?\d+$/m,
    /^mealprep360_unknown_events_total\{speaker="recipes",type="RecipePickled",service="mealplans"\} 1$/m,
    /^mealprep360_events_unsent_oldest_seconds\{service="mealplans"\} \d/m,
    /^mealprep360_events_retries\{speaker="recipes",partition="7",service="mealplans"\} \d+$/m,
    /^mealprep360_events_checkpoint\{speaker="recipes",partition="7",service="mealplans"\} \d+$/m,
  ]) {
    await expect.poll(metrics).toMatch(line);
  }
  const { services } = (await ops('status', '--json')).json();
  const { events } = services.find((one: { service: string }) => one.service === 'mealplans').status;
  expect(events.deadLetters).toMatchObject({ parked: 3, aggregates: 1 });
  expect(events.sagas.open).toMatchObject([{ type: 'CreateMealPlan', state: 'RUNNING' }]);
  expect((await ops('status')).out).toContain('Skipped as unknown: mealplans heard 1 RecipePickled of recipes');
  poison.clear();
  await ops('dead-letters', 'redrive', 'mealplans', eventId);
  await ops('sagas', 'force-compensate', 'mealplans', saga, '--reason', 'it was a test');
});

test('lag tells how far each is with each that it hears, and where that is too far', async () => {
  const { code, out } = await ops('lag');
  expect(code).toBe(0);
  expect(out).toMatch(/mealplans +recipes +0 +\d+s ago/);
  const away = await ops('lag', '--max', '0', '--urls', 'mealplans=http://127.0.0.1:9');
  expect([away.code, away.out]).toEqual([3, expect.stringContaining('mealplans does not tell how far it is')]);
});

describe('dead letters', () => {
  test('are listed, shown, and applied again in order once what failed is mended', async () => {
    const { recipe, eventId } = await parkThree();
    const { out } = await ops('dead-letters', 'list');
    expect(out).toContain('FAILED: this cannot be digested');
    expect(out.match(/waits behind another/g)).toHaveLength(2);
    const one = (await ops('dead-letters', 'show', 'mealplans', eventId)).json();
    expect(one).toMatchObject({ aggregateId: recipe, event: { eventType: 'RecipeRated', version: 1 } });
    const failed = await ops('dead-letters', 'redrive', 'mealplans', eventId, '--by', 'ina');
    expect([failed.code, failed.out]).toEqual([1, expect.stringContaining('Parked again')]);
    expect((await parkedOf())[0].operatorActions).toMatchObject([{ action: 'redrive', by: 'ina', reason: null }]);
    poison.clear();
    const done = await ops('dead-letters', 'redrive', 'mealplans', '--all', '--json');
    expect([done.code, done.json()]).toEqual([0, { applied: 3, failed: [] }]);
    expect(await parkedOf()).toEqual([]);
  });

  test('are not discarded without a reason; with one, who did it and why is kept', async () => {
    const { eventId } = await parkThree();
    const refused = await ops('dead-letters', 'discard', 'mealplans', eventId);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--reason')]);
    const short = await ops('dead-letters', 'discard', 'mealplans', eventId, '--reason', ' x ');
    expect([short.code, short.err]).toEqual([1, expect.stringContaining('mealplans: reason: a reason is needed')]);
    expect(await parkedOf()).toHaveLength(3);
    poison.clear();
    const why = ['--reason', 'a test of ours', '--by', 'ina'];
    const done = await ops('dead-letters', 'discard', 'mealplans', eventId, ...why);
    expect([done.code, done.out]).toEqual([0, expect.stringContaining('2 events were applied')]);
    const kept = (await ops('dead-letters', 'list', '--state', 'DISCARDED', '--json')).json();
    const letters = kept.flatMap((one: { letters: object[] }) => one.letters);
    expect(letters).toMatchObject([
      { eventId, operatorActions: [{ action: 'discard', by: 'ina', reason: 'a test of ours' }] },
    ]);
    const again = await ops('dead-letters', 'redrive', 'mealplans', eventId);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('is parked here')]);
  });
});

describe('sagas', () => {
  const stateOf = async (id: string) => (await ops('sagas', 'show', 'mealplans', id)).json().state;

  test('are listed page by page, shown, and asked again', async () => {
    const ids = [await house.startPlan(), await house.startPlan(), await house.startPlan()].sort();
    await expect.poll(async () => (await ops('sagas', 'list')).out).toContain('GenerateShoppingList');
    const { sagas, more } = (await ops('sagas', 'list', '--service', 'mealplans', '--limit', '2', '--json')).json()[0];
    expect([sagas.map((one: { id: string }) => one.id), more]).toEqual([ids.slice(0, 2), true]);
    const retried = await ops('sagas', 'retry', 'mealplans', ids[0]!, '--by', 'ina');
    expect([retried.code, retried.out]).toEqual([0, expect.stringContaining('RUNNING at GenerateShoppingList')]);
  });

  test('are not taken back without a reason; with one they are, once', async () => {
    const id = await house.startPlan();
    const refused = await ops('sagas', 'force-compensate', 'mealplans', id);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--reason')]);
    expect(await stateOf(id)).toBe('RUNNING');
    const why = ['--reason', 'shopping is gone', '--by', 'ina'];
    expect((await ops('sagas', 'force-compensate', 'mealplans', id, ...why)).code).toBe(0);
    await expect.poll(() => stateOf(id)).toBe('COMPENSATED');
    expect((await ops('sagas', 'show', 'mealplans', id)).json().operatorActions).toMatchObject([
      { action: 'force-compensate', by: 'ina', reason: 'shopping is gone' },
    ]);
    const again = await ops('sagas', 'force-compensate', 'mealplans', id, ...why);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('COMPENSATED')]);
    const retried = await ops('sagas', 'retry', 'mealplans', id);
    expect([retried.code, retried.err]).toEqual([1, expect.stringContaining('nothing to try again')]);
  });
});

test('a role is granted by id or by e-mail address, and to nobody who is not there', async () => {
  const ana = await signUp(house.rooms);
  const granted = await ops('role', 'grant', '--email', ana.email.toUpperCase(), '--role', 'OPERATOR', '--json');
  expect(granted.json()).toEqual({ userId: ana.viewer.userId, roles: ['USER', 'OPERATOR'] });
  const again = await ops('role', 'grant', '--user', ana.viewer.userId, '--role', 'OPERATOR');
  expect([again.code, again.out]).toEqual([0, `${ana.viewer.userId} is USER and OPERATOR now.\n`]);
  const nobody = await ops('role', 'grant', '--email', 'nobody@example.org', '--role', 'OPERATOR');
  expect([nobody.code, nobody.err]).toEqual([1, 'ops: users: No user has this e-mail address.\n']);
});

describe('the command line', () => {
  const leaves = ['status', 'lag', 'rebuild', 'sync', 'role grant'].concat(
    ['list', 'show', 'redrive', 'discard'].map(name => `dead-letters ${name}`),
    ['list', 'show', 'retry', 'force-compensate'].map(name => `sagas ${name}`),
  );

  test.each(leaves)('%s has help and JSON', async leaf => {
    const { code, out } = await ops(...leaf.split(' '), '--help');
    expect([code, out]).toEqual([0, expect.stringMatching(/^Usage: ops .*\n\n[A-Z][\s\S]*--json/)]);
  });

  test.each([
    [['sttus'], "unknown command 'sttus'"],
    [['lag', '--max', 'many'], 'must be a whole number'],
    [['dead-letters', 'list', '--limit', '0'], 'must be a whole number above 0'],
    [['dead-letters', 'redrive', 'mealplans'], 'either an event or --all'],
    [['sagas', 'show', 'kitchen', 'x'], 'there is no service kitchen'],
    [['role', 'grant', '--role', 'OPERATOR'], 'either --user or --email'],
    [['role', 'grant', '--user', 'x', '--role', 'KING'], "argument 'KING' is invalid"],
    [['status', '--urls', 'kitchen=http://x'], 'names no service'],
  ])('%j is wrong usage, and told so', async (args, words) => {
    const { code, out, err } = await ops(...args);
    expect([code, out, err]).toEqual([2, '', expect.stringContaining(words)]);
  });

  test('a house that does not run, or whose key is another’s, is told in one line', async () => {
    const nowhere = await ops('status', '--data', '/nowhere');
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringMatching(/^ops: no house runs on \/nowhere: .*\n$/)]);
    const wrong = await ops('status', '--key', inject('servers').keys.signing.users ?? '');
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('is the key of users')]);
  });

  test('finds a house by its data folder', async () => {
    const data = await mkdtemp(join(tmpdir(), 'ops-data-'));
    await mkdir(join(data, 'keys'));
    await copyFile(house.environment.OPS_SIGNING_KEY_FILE!, join(data, 'keys', 'ops.key.json'));
    const port = (name: string) => house.rooms.service(name).port;
    const processes = names.map(name => ({ name, port: port(name) }));
    await writeFile(join(data, 'run.json'), JSON.stringify({ processes: [...processes, { name: 'mongod', port: 1 }] }));
    const { SUPERGRAPH_FILE = '' } = house.environment;
    expect((await runOps({ SUPERGRAPH_FILE }, ['lag', '--data', data])).code).toBe(0);
    await rm(data, { recursive: true });
  });
});

test('a service answers these questions to ops alone', async () => {
  for (const path of ['status', 'dead-letters/list', 'sagas/list', 'sagas/force-compensate']) {
    const asked = house.rooms.askInternal('users', 'mealplans', `/internal/ops/${path}`, {});
    await expect(asked).rejects.toThrow('answered 403');
  }
});

describe('rebuild', () => {
  test('makes the projections of users anew, and tells what it found', async () => {
    await signUp(house.rooms);
    const { code, out } = await ops('rebuild', 'users');
    expect(code).toBe(0);
    expect(out).toMatch(/user_projections +DONE +\d+ +\d+ +[\d.]+ s +\d+ ms +yes/);
    const [done] = (await ops('rebuild', 'users', 'user_projections', '--by', 'ana', '--json')).json();
    expect(done).toMatchObject({ name: 'user_projections', state: 'DONE', by: 'ana', comparison: { different: 0 } });
    expect(done.comparison.rebuiltHash).toBe(done.comparison.liveHash);
  });

  test('ends with 3 when one was not what its events tell', async () => {
    const { viewer } = await signUp(house.rooms);
    const users = house.rooms.service('users').db.connection.collection<{ _id: string }>('users');
    await users.updateOne({ _id: viewer.userId }, { $set: { displayName: 'Nobody' } });
    const { code, out } = await ops('rebuild', 'users');
    expect(code).toBe(3);
    expect(out).toContain(`0 rows missing, 0 too many, 1 different (users ${viewer.userId})`);
  });

  test('refuses a name that there is not, and says so of a service that has none', async () => {
    const { code, err } = await ops('rebuild', 'users', 'soup_copy');
    expect(code).toBe(1);
    expect(err).toContain('There is no copy or projection soup_copy here: user_projections.');
    expect((await ops('rebuild', 'mealplans')).out).toBe('mealplans has no copies and no projections.\n');
  });
});

describe('sync', () => {
  test('has one user said once more, or all of them', async () => {
    const { viewer } = await signUp(house.rooms);
    expect(await ops('sync', '--user', viewer.userId)).toMatchObject({ code: 0, out: '1 user was said once more.\n' });
    const { users } = (await ops('sync', '--all', '--json')).json();
    expect(users).toBeGreaterThanOrEqual(1);
  });

  test('refuses nobody, everybody and one at once, and one who is not there', async () => {
    expect((await ops('sync')).err).toContain('give either --user or --all');
    expect((await ops('sync', '--all', '--user', newId())).code).toBe(2);
    const { code, err } = await ops('sync', '--user', newId());
    expect(code).toBe(1);
    expect(err).toMatch(/There is no user [0-9a-f]{24}, or no longer/);
  });
});
