import { crashPoints } from '@mealprep360/events/crash-points';
import type { OutboxRow } from '@mealprep360/events/outbox';
import { describe, expect, it } from 'vitest';
import type { Service } from './chaos/chaos-house.ts';
import { applicationViolations } from './chaos/checker/applied.ts';
import { copyViolations } from './chaos/checker/copies.ts';
import type { Evidence, Said } from './chaos/checker/evidence.ts';
import { historyViolations } from './chaos/checker/history.ts';
import { letterViolations } from './chaos/checker/letters.ts';
import { sagaViolations } from './chaos/checker/sagas.ts';
import { crashes } from './chaos/crashes/groups.ts';

const at = new Date('2026-11-23T20:00:00Z');

const row = (seq: number, aggregateId: string, version: number, more: Partial<OutboxRow> = {}): OutboxRow => ({
  ...{ _id: `${aggregateId}-${version}`, eventType: version === 1 ? 'RecipeCreated' : 'RecipeUpdated' },
  ...{ aggregateType: 'Recipe', aggregateId, version, schemaVersion: 1, eventData: { title: `Stew ${version}` } },
  ...{ timestamp: at, partition: 0, seq, sentAt: at, correlationId: 'c', causationId: null, traceparent: null },
  ...{ userId: null, to: null, erased: false },
  ...more,
});

const stew = [row(1, 'a', 1), row(2, 'b', 1), row(3, 'a', 2)];
const said = (rows: OutboxRow[]): Said => new Map([['recipes', rows]]);

/** A house of which only these rows are there. */
function houseOf(rows: Partial<Record<Service, Record<string, object[]>>>): Evidence {
  return {
    rows: <Row extends object>(service: Service, collection: string) =>
      Promise.resolve((rows[service]?.[collection] ?? []) as Row[]),
    collectionsOf: service => Promise.resolve(Object.keys(rows[service] ?? {})),
    said: () => Promise.resolve([]),
    letters: service => Promise.resolve((rows[service]?.dead_letters ?? []) as never[]),
    busHeads: () => Promise.resolve([]),
    keys: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}

describe('the checker finds in what a service said', () => {
  it.each([
    ['nothing, where all is well', stew, 0],
    ['a version that is missing', [row(1, 'a', 1), row(2, 'b', 1), row(3, 'a', 3)], 1],
    ['a number that is missing', [row(1, 'a', 1), row(2, 'b', 1), row(4, 'a', 2)], 1],
    ['versions numbered in another order', [row(1, 'a', 2), row(2, 'b', 1), row(3, 'a', 1)], 1],
    ['an event that was never sent', [...stew.slice(0, 2), row(3, 'a', 2, { sentAt: null })], 1],
  ])('%s', (_, rows, count) => {
    expect(historyViolations(said(rows))).toHaveLength(count);
  });
});

describe('the checker finds in what a service applied', () => {
  const applied = (...ids: string[]) =>
    houseOf({ shopping: { applied_events: ids.map(eventId => ({ eventId, speaker: 'recipes' })) } });
  it.each([
    ['nothing, where all is well', ['a-1', 'b-1', 'a-2'], 0],
    ['an event that was applied twice', ['a-1', 'b-1', 'b-1', 'a-2'], 2],
    ['an event that was lost', ['a-1', 'a-2'], 1],
    ['another order than that of the versions', ['a-2', 'b-1', 'a-1'], 1],
    ['an event that nobody said', ['a-1', 'b-1', 'a-2', 'x-1'], 1],
  ])('%s', async (_, ids, count) => {
    expect(await applicationViolations(applied(...ids), said(stew))).toHaveLength(count);
  });
});

describe('the checker finds in copies', () => {
  const a = { _id: 'a', version: 2, state: { title: 'Stew 2' } };
  const b = { _id: 'b', version: 1, state: { title: 'Stew 1' } };
  const end = row(4, 'b', 2, { eventType: 'RecipeDeleted', eventData: { id: 'b' } });
  it.each([
    ['nothing, where all is well', [a, b], stew, 0],
    ['an old one', [{ ...a, version: 1 }, b], stew, 1],
    ['one that is missing', [a], stew, 1],
    ['one of something that was never said', [a, b, { ...a, _id: 'x' }], stew, 1],
    ['one with another content', [{ ...a, state: { title: 'Soup' } }, b], stew, 1],
    ['one of what was deleted', [a, b], [...stew, end], 1],
    ['one that is still awaited', [{ ...a, state: null }, b], stew, 1],
  ])('%s', async (_, copies, rows, count) => {
    expect(await copyViolations(houseOf({ shopping: { recipe_copy: copies } }), said(rows))).toHaveLength(count);
  });
});

describe('the checker finds in sagas', () => {
  const saga = {
    _id: 'p',
    type: 'CreateMealPlan',
    input: { plan: { shoppingList: true } },
    updatedAt: at,
    deadline: at,
  };
  const completed = { ...saga, state: 'COMPLETED' };
  const compensated = { ...saga, state: 'COMPENSATED' };
  const plan = (status: string) => ({ _id: 'p', status, updatedAt: at });
  const list = { mealPlanIds: ['p'] };
  const notice = { subject: { type: 'MealPlan', id: 'p' } };
  it.each([
    ['nothing, where it made all', completed, plan('ACTIVE'), [list], [notice], 0],
    ['nothing, where it made nothing', compensated, plan('FAILED'), [], [], 0],
    ['one that has not ended', { ...saga, state: 'RUNNING' }, plan('PENDING'), [], [], 1],
    ['a plan that failed all the same', completed, plan('FAILED'), [list], [notice], 1],
    ['two lists', completed, plan('ACTIVE'), [list, list], [notice], 1],
    ['two notices', completed, plan('ACTIVE'), [list], [notice, notice], 1],
    ['no notice', completed, plan('ACTIVE'), [list], [], 1],
    ['a list that was not taken back', compensated, plan('FAILED'), [list], [], 1],
    ['a completion after the deadline', { ...completed, deadline: new Date(0) }, plan('ACTIVE'), [list], [notice], 1],
  ])('%s', async (_, row, made, lists, notices, count) => {
    const house = houseOf({
      mealplans: { sagas: [row], meal_plans: [made] },
      shopping: { shopping_lists: lists },
      notifications: { notifications: notices },
    });
    expect(await sagaViolations(house, new Map())).toHaveLength(count);
  });
});

describe('the checker finds among what was put aside', () => {
  const poison = { eventId: 'a-1', aggregateId: 'a', heardBy: ['shopping'] as const };
  const letter = { _id: 'a-1', aggregateId: 'a', error: 'it cannot be read', event: { eventType: 'RecipeCreated' } };
  const behind = { ...letter, _id: 'a-2', error: null };
  it.each([
    ['nothing, where it is the poison and what stands behind it', [letter, behind], 0],
    ['an event that is no poison', [letter, { ...letter, _id: 'b-1' }], 1],
    ['poison that was let through', [], 1],
  ])('%s', async (_, letters, count) => {
    expect(await letterViolations(houseOf({ shopping: { dead_letters: letters } }), [poison])).toHaveLength(count);
  });
});

it('at each crash point a process dies', () => {
  const groups = [...crashes.sideBySide.flat(), ...crashes.alone];
  const points = groups.flatMap(({ deaths }) =>
    deaths.flatMap(({ points }) => points.map(point => point.split(':')[0])),
  );
  expect(Object.keys(crashPoints).filter(point => !points.includes(point))).toEqual([]);
});
