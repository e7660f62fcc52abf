import { expect, test } from 'vitest';
import { editItem, shownAmounts, shownFood } from './edit-item.ts';
import { check, manualItem, neededItem, takeOff, uncheck, withNeed, withoutWordsOf, type Need } from './item.ts';
import { reconcile } from './reconcile.ts';

const count = (quantity: number) => [{ quantity, quantityMax: null, unit: '' }];
const by = (editorId: string) => ({ editorId, keyOf: (food: string) => food });
const eggs = (quantity: number): Need => ({
  key: 'egg',
  food: 'eggs',
  amounts: count(quantity),
  asNeeded: false,
  aisle: 'dairy',
  sources: [{ mealPlanId: 'p', mealPlanItemId: 'i', recipeId: 'r', authorId: 'ana', line: 'eggs', measure: null }],
});

test('an item that more is needed of than was checked off is open again', () => {
  const checked = check(neededItem(eggs(4)), 'ana');
  expect(withNeed(checked, eggs(3))).toMatchObject({ checked: true, checkedBy: 'ana' });
  expect(withNeed(checked, eggs(4))).toMatchObject({ checked: true });
  expect(withNeed(checked, eggs(9))).toMatchObject({
    checked: false,
    checkedBy: null,
    settled: null,
    amounts: count(9),
  });
});

test('less and then as much as before is still dealt with', () => {
  const less = withNeed(check(neededItem(eggs(9)), 'ana'), eggs(4));
  expect(less && withNeed(less, eggs(9))).toMatchObject({ checked: true, amounts: count(9) });
});

test('an amount in a unit that was not there before is not dealt with', () => {
  const inGrams = { ...eggs(4), amounts: [...count(4), { quantity: 50, quantityMax: null, unit: 'gram' }] };
  expect(withNeed(check(neededItem(eggs(4)), 'ana'), inGrams)).toMatchObject({ checked: false });
});

test('an item that nobody needs and nobody touched is gone; one that was touched waits unlisted', () => {
  expect(withNeed(neededItem(eggs(4)), undefined)).toBeNull();
  const waiting = withNeed(check(neededItem(eggs(4)), 'ana'), undefined);
  expect(waiting).toMatchObject({ listed: false, checked: true, sources: [] });
  expect(waiting && withNeed(waiting, eggs(4))).toMatchObject({ listed: true, checked: true });
});

test('a removed item stays off the list until more of it is needed', () => {
  const removed = takeOff(neededItem(eggs(4)));
  expect(withNeed(removed, eggs(4))).toMatchObject({ listed: false });
  expect(withNeed(removed, eggs(9))).toMatchObject({ listed: true, removed: false, checked: false });
});

test('unchecking forgets how much was dealt with', () => {
  expect(uncheck(check(neededItem(eggs(4)), 'ana'))).toEqual(neededItem(eggs(4)));
});

test('edits and notes outlive changes of the plan, and null takes an edit back', () => {
  const edited = editItem(neededItem(eggs(4)), { food: 'duck eggs', quantity: 12, note: 'the big ones' }, by('ben'));
  const after = withNeed(edited, eggs(5));
  expect(after && [shownFood(after), shownAmounts(after), after.note]).toEqual([
    'duck eggs',
    count(12),
    'the big ones',
  ]);
  const back = after && editItem(after, { food: null, quantity: null, note: null }, by('ben'));
  expect(back && [shownFood(back), shownAmounts(back), back.note]).toEqual(['eggs', count(5), null]);
});

test('manual items of the same food are items of their own, and no plan changes them', () => {
  const { sources: _, ...line } = eggs(6);
  const manual = { ...manualItem(line, [{ of: 'food', userId: 'ben' }]), _id: 'm' };
  expect(reconcile([manual], [eggs(4)])).toMatchObject({ added: [{ manual: false }], changed: [], gone: [] });
  expect(reconcile([manual], [])).toEqual({ added: [], changed: [], gone: [] });
});

test('what is needed as before changes nothing', () => {
  const stored = { ...neededItem(eggs(4)), _id: 'e' };
  expect(reconcile([stored], [eggs(4)])).toEqual({ added: [], changed: [], gone: [] });
});

test('what somebody wrote on a list can be told from what others did, and taken out of it', () => {
  const spell = (line: string) => line;
  const noted = editItem(check(neededItem(eggs(4)), 'ben'), { food: 'duck eggs', note: 'big ones' }, by('cleo'));
  const without = withoutWordsOf(noted, 'cleo', spell);
  expect(without && [shownFood(without), without.note, without.checkedBy]).toEqual(['eggs', null, 'ben']);
  expect(withoutWordsOf(noted, 'dora', spell)).toEqual(noted);
  const { sources: _, ...line } = eggs(6);
  expect(withoutWordsOf(manualItem(line, [{ of: 'food', userId: 'ben' }]), 'ben', spell)).toBeNull();
});

test('a line of a recipe goes with its author, also from an item that waits unseen', () => {
  const spell = (line: string) => line;
  const waiting = withNeed(check(neededItem(eggs(4)), 'ben'), undefined);
  expect(waiting && withoutWordsOf(waiting, 'ana', spell)).toBeNull();
  const [source] = eggs(1).sources;
  const both = { ...eggs(4), sources: [source!, { ...source!, authorId: 'ben', line: 'hen eggs' }] };
  const left = withoutWordsOf(neededItem(both), 'ana', spell);
  expect(left?.sources.map(({ line }) => line)).toEqual(['hen eggs']);
  expect(left?.food).toBe('hen eggs');
});
