import type { MealPlanState } from '@mealprep360/contracts/mealplans';
import { addMeasures } from '@mealprep360/quantity/sum';
import { familyOf } from '@mealprep360/quantity/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editItem, shownAisle, shownAmounts, shownFood } from './edit-item.ts';
import type { ItemPatch } from './input.ts';
import { check, manualItem, takeOff, uncheck, type Item, type Need } from './item.ts';
import { cookedMeals, needsOf, type RecipeLines } from './needs.ts';
import { reconcile } from './reconcile.ts';

// Any life of a shopping list: plans that change, and people who check, edit and remove in between.

const ana = 'a'.repeat(24);
const ben = 'b'.repeat(24);
const id = (number: number) => number.toString(16).padStart(24, '0');
const runs = { numRuns: 1000 };

const lines = [
  '4 eggs',
  '2 onions',
  '200 g onions',
  '1 cup onions',
  '250 ml milk',
  '1 kg flour',
  '2 cups flour',
  'salt',
];
const anyRecipes = fc.array(
  fc.record({
    ownerId: fc.constantFrom(ana, ben, null),
    visibility: fc.constantFrom('PRIVATE' as const, 'PUBLIC' as const),
    recipeYield: fc.constantFrom('2', '4 servings', 'Depends', null),
    recipeIngredient: fc.subarray(lines, { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 4 },
);
const days = ['2026-11-23', '2026-11-24', '2026-11-25'];
const anyPlan: fc.Arbitrary<MealPlanState> = fc
  .record({
    meals: fc.array(
      fc.record({
        date: fc.constantFrom(...days),
        recipe: fc.option(fc.nat(4), { freq: 8 }),
        servings: fc.constantFrom(1, 2, 3, 8),
        isLeftover: fc.nat(7).map(number => number === 0),
      }),
      { maxLength: 5 },
    ),
    skippedDays: fc.subarray(days, { maxLength: 1 }),
  })
  .map(({ meals, skippedDays }) => ({
    ...{ id: id(999), ownerId: ana, name: null, startDate: '2026-11-23', endDate: '2026-11-25' },
    ...{ skippedDays, status: 'ACTIVE', shoppingList: true },
    items: meals.map(({ date, recipe, servings, isLeftover }, index) => ({
      ...{ id: id(100 + index), date, mealType: 'DINNER', servings, position: index, recipeVersion: null },
      recipeId: recipe === null ? null : id(recipe),
      note: recipe === null ? 'out' : null,
      leftoverOfId: isLeftover ? id(99) : null,
    })),
  }));

const recipesOf = (recipes: readonly RecipeLines[]) => new Map(recipes.map((recipe, index) => [id(index), recipe]));
const needed = (plan: MealPlanState, recipes: readonly RecipeLines[]): Need[] =>
  needsOf(cookedMeals(plan), recipesOf(recipes)).map(need => ({ ...need, aisle: 'any' }));

type Kept = Item & { _id: string };

/** What a person does to the item of a number, where there is one. */
type Deed =
  | { act: 'check' | 'uncheck' | 'take off'; which: number }
  | {
      act: 'edit';
      which: number;
      patch: ItemPatch;
    }
  | { act: 'write'; food: string };
const which = fc.nat(9);
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ act: fc.constantFrom('check' as const, 'uncheck' as const, 'take off' as const), which }),
  fc.record({
    act: fc.constant('edit' as const),
    which,
    patch: fc.record(
      {
        food: fc.constantFrom('duck eggs', null),
        quantity: fc.constantFrom(7, null),
        aisle: fc.constant('cellar'),
        note: fc.constantFrom('the big ones', undefined),
      },
      { requiredKeys: ['note'] },
    ),
  }),
  fc.record({ act: fc.constant('write' as const), food: fc.constantFrom('eggs', 'soap') }),
);
const anyLife = fc.record({
  recipes: anyRecipes,
  steps: fc.array(
    fc.oneof(
      anyPlan.map(plan => ({ plan })),
      anyDeed.map(deed => ({ deed })),
    ),
    { maxLength: 10 },
  ),
  last: anyPlan,
});

function done(items: readonly Kept[], deed: Deed, newId: string): Kept[] {
  if (deed.act === 'write') {
    const line = { key: deed.food, food: deed.food, amounts: [], asNeeded: true, aisle: 'any' };
    return [...items, { ...manualItem(line, [{ of: 'food', userId: ben }]), _id: newId }];
  }
  const listed = items.filter(item => item.listed);
  const target = listed[deed.which % Math.max(1, listed.length)];
  const change = (item: Kept): Kept[] => {
    if (deed.act === 'edit') return [editItem(item, deed.patch, { editorId: ben, keyOf: food => food })];
    if (deed.act === 'check') return [check(item, ben)];
    if (deed.act === 'uncheck') return [uncheck(item)];
    return item.manual ? [] : [takeOff(item)];
  };
  return items.flatMap(item => (item === target ? change(item) : [item]));
}

/** The list after its plans ask for this, as it is stored. */
function compared(items: readonly Kept[], needs: readonly Need[], name: string): Kept[] {
  const { added, changed, gone } = reconcile(items, needs);
  const next = new Map(changed.map(item => [item._id, item]));
  const left = items.filter(item => !gone.includes(item)).map(item => next.get(item._id) ?? item);
  return [...left, ...added.map((item, index) => ({ ...item, _id: `${name}.${index}` }))];
}

type Life = typeof anyLife extends fc.Arbitrary<infer Drawn> ? Drawn : never;
const live = ({ recipes, steps }: Life): Kept[] =>
  steps.reduce<Kept[]>(
    (items, step, index) =>
      'plan' in step ? compared(items, needed(step.plan, recipes), `${index}`) : done(items, step.deed, `${index}`),
    [],
  );
const isTouched = (item: Item) =>
  item.checked || item.removed || item.note !== null || Object.values(item.edited).some(edit => edit !== null);

test('a list that was compared with its plans is not changed by comparing it again', () => {
  fc.assert(
    fc.property(anyLife, life => {
      const needs = needed(life.last, life.recipes);
      const items = compared(live(life), needs, 'last');
      expect(reconcile(items, needs)).toEqual({ added: [], changed: [], gone: [] });
    }),
    runs,
  );
});

test('a list holds each food that its plans need once, and of theirs nothing else but what people touched', () => {
  fc.assert(
    fc.property(anyLife, life => {
      const needs = new Map(needed(life.last, life.recipes).map(need => [need.key, need]));
      const generated = compared(live(life), [...needs.values()], 'last').filter(item => !item.manual);
      expect(new Set(generated.map(item => item.key)).size).toBe(generated.length);
      const keys = new Set(generated.map(item => item.key));
      expect([...needs.keys()].filter(key => !keys.has(key))).toEqual([]);
      for (const item of generated) {
        const need = needs.get(item.key);
        if (need === undefined) expect([item.listed, isTouched(item), item.amounts]).toEqual([false, true, []]);
        else expect(item).toMatchObject({ ...need, listed: !item.removed });
      }
    }),
    runs,
  );
});

test('what people wrote outlives any change of the plans, and so does what they wrote themselves', () => {
  fc.assert(
    fc.property(anyLife, life => {
      const before = live(life);
      const needs = needed(life.last, life.recipes);
      const after = new Map(compared(before, needs, 'last').map(item => [item._id, item]));
      for (const item of before) {
        const now = after.get(item._id);
        if (item.manual) expect(now).toBe(item);
        if (!isTouched(item)) continue;
        expect(now).toMatchObject({ edited: item.edited, note: item.note });
        if (now === undefined) continue;
        if (item.edited.food !== null) expect(shownFood(now)).toBe(item.edited.food);
        if (item.edited.aisle !== null) expect(shownAisle(now)).toBe(item.edited.aisle);
        if (item.edited.amounts !== null) expect(shownAmounts(now)).toEqual(item.edited.amounts);
      }
    }),
    runs,
  );
});

test('what was checked off or removed is so until more is needed of it than then', () => {
  fc.assert(
    fc.property(anyLife, life => {
      const before = live(life);
      const needs = new Map(needed(life.last, life.recipes).map(need => [need.key, need]));
      const after = new Map(compared(before, [...needs.values()], 'last').map(item => [item._id, item]));
      for (const item of before) {
        if (item.manual || !(item.checked || item.removed)) continue;
        // more: an amount in a unit that was not there, or a greater one
        const isMore = (needs.get(item.key)?.amounts ?? []).some(({ unit, quantity, quantityMax }) => {
          const had = item.settled?.find(measure => measure.unit === unit);
          return had === undefined || (quantityMax ?? quantity) > (had.quantityMax ?? had.quantity) * (1 + 1e-9);
        });
        const { checked, removed } = isMore ? { checked: false, removed: false } : item;
        expect(after.get(item._id)).toMatchObject({ checked, removed });
      }
    }),
    runs,
  );
});

test('plans that come one after the other, in any order, leave what the last one needs', () => {
  fc.assert(
    fc.property(anyRecipes, fc.array(anyPlan, { maxLength: 4 }), anyPlan, (recipes, plans, last) => {
      const items = [...plans, last].reduce<Kept[]>(
        (list, plan, index) => compared(list, needed(plan, recipes), `${index}`),
        [],
      );
      const bare = items.map(({ _id, authors: _authors, ...item }) => item);
      const fresh = compared([], needed(last, recipes), 'fresh').map(({ _id, authors: _authors, ...item }) => item);
      const byKey = (one: { key: string }, other: { key: string }) => (one.key < other.key ? -1 : 1);
      expect(bare.toSorted(byKey)).toEqual(fresh.toSorted(byKey));
    }),
    runs,
  );
});

test('the order in which meals are planned makes no difference to what is needed', () => {
  const shuffled = anyPlan.chain(plan =>
    fc.shuffledSubarray(plan.items, { minLength: plan.items.length }).map(items => [plan, { ...plan, items }] as const),
  );
  fc.assert(
    fc.property(anyRecipes, shuffled, (recipes, [plan, other]) => {
      expect(needed(other, recipes)).toEqual(needed(plan, recipes));
    }),
    runs,
  );
});

test('an item knows whose lines stand on it', () => {
  fc.assert(
    fc.property(anyLife, life => {
      for (const { authors, sources } of compared(live(life), needed(life.last, life.recipes), 'last')) {
        const known = authors.filter(({ of }) => of === 'line').map(({ userId }) => userId);
        expect(known).toEqual(expect.arrayContaining(sources.flatMap(({ authorId }) => authorId ?? [])));
      }
    }),
    runs,
  );
});

test('a need is the sum of its lines, apart by weight, by volume and by count, and of nobody else', () => {
  fc.assert(
    fc.property(anyRecipes, anyPlan, (recipes, plan) => {
      const cooked = new Set(cookedMeals(plan).map(({ mealPlanItemId }) => mealPlanItemId));
      for (const { amounts, sources, asNeeded } of needed(plan, recipes)) {
        const families = amounts.map(({ unit }) => familyOf(unit));
        expect(new Set(families).size).toBe(families.length);
        const measures = sources.flatMap(({ measure }) => measure ?? []);
        expect(new Set(families)).toEqual(new Set(measures.map(({ unit }) => familyOf(unit))));
        addMeasures(measures).forEach((sum, index) => {
          expect(amounts[index]?.unit).toBe(sum.unit);
          expect(amounts[index]?.quantity).toBeCloseTo(sum.quantity, 6);
        });
        if (amounts.length === 0) expect(asNeeded).toBe(true);
        for (const { mealPlanItemId, recipeId, authorId } of sources) {
          const recipe = recipesOf(recipes).get(recipeId);
          expect(cooked.has(mealPlanItemId)).toBe(true);
          expect(recipe?.ownerId).toBe(authorId);
          expect(recipe?.visibility === 'PUBLIC' || authorId === ana).toBe(true);
        }
      }
    }),
    runs,
  );
});
