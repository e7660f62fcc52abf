import type { MealPlanState } from '@mealprep360/contracts/mealplans';
import { displayMeasures } from '@mealprep360/quantity/display';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { check, neededItem, type Need } from './item.ts';
import { cookedMeals, needsOf, type RecipeLines } from './needs.ts';
import { reconcile } from './reconcile.ts';

interface Shipped {
  name: string;
  recipeYield: string;
  recipeIngredient: string[];
}

const shipped = readFileSync(new URL('../../../../dev-env/data/recipes.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(line => JSON.parse(line) as Shipped);

const ana = 'a'.repeat(24);
const id = (number: number) => number.toString(16).padStart(24, '0');
const week = [
  'Red Lentil Dahl',
  'Ratatouille',
  'Shakshouka',
  'Spanish Tortilla',
  'Spaghetti aglio e olio',
  'Pasta Alla Norma',
  'Spinach-Rice Casserole',
];
const wednesday = '2026-11-25';

const recipes = new Map<string, RecipeLines>(
  week.map((title, day) => {
    const found = shipped.find(recipe => recipe.name === title);
    if (found === undefined) throw new Error(`${title} is not among the shipped recipes`);
    const { recipeYield, recipeIngredient } = found;
    return [id(day), { ownerId: ana, visibility: 'PRIVATE', recipeYield, recipeIngredient }];
  }),
);

const dinner = (day: number) => ({
  id: id(100 + day),
  date: `2026-11-${23 + day}`,
  mealType: 'DINNER' as const,
  recipeId: id(day),
  recipeVersion: 1,
  note: null,
  servings: 2,
  leftoverOfId: null,
  position: 0,
});

const plan = (changes: Partial<MealPlanState> = {}): MealPlanState => ({
  id: id(999),
  ownerId: ana,
  name: null,
  startDate: '2026-11-23',
  endDate: '2026-11-29',
  items: week.map((_, day) => dinner(day)),
  skippedDays: [],
  status: 'ACTIVE',
  shoppingList: true,
  ...changes,
});

const needs = (changes?: Partial<MealPlanState>): Need[] =>
  needsOf(cookedMeals(plan(changes)), recipes).map(need => ({ ...need, aisle: 'any' }));
const need = (food: string, of = needs()): Need => {
  const found = of.find(({ key }) => key === food);
  if (found === undefined) throw new Error(`no ${food} is needed`);
  return found;
};

test('a week of seven dinners for two is one need per food, with the sums of all recipes', () => {
  expect(need('egg').amounts).toEqual([{ quantity: 9, quantityMax: null, unit: '' }]);
  expect(
    need('egg')
      .sources.map(source => source.line)
      .sort(),
  ).toEqual(['4 Eggs, beaten', '5 eggs', '8 free-range eggs']);
  expect(need('garlic').amounts).toEqual([{ quantity: 8, quantityMax: 8.5, unit: 'clove' }]);
  const [spaghetti] = need('spaghetti').amounts;
  expect(spaghetti?.quantity).toBeCloseTo(376.8, 1);
  expect(need('spaghetti').amounts).toHaveLength(1);
  const [oil] = need('olive oil').amounts;
  expect(oil?.quantity).toBeCloseTo(64.8, 1);
  expect(need('olive oil').asNeeded).toBe(true);
  expect(need('extra virgin olive oil').sources.map(source => source.line)).toContain('Extra virgin olive oil');
});

test('onions by count, by weight and by cup are several amounts, never summed', () => {
  const onion = need('onion');
  expect(onion.amounts.map(({ unit }) => unit)).toEqual(['', 'gram', 'milliliter']);
  expect(onion.sources).toHaveLength(5);
  expect(displayMeasures(onion.amounts, onion.asNeeded, 'METRIC')).not.toBe('');
});

test('a skipped day buys nothing, and what was checked off stays checked', () => {
  const stored = needs().map((asked, index) => ({ ...neededItem(asked), _id: id(index) }));
  const checked = stored.map(item => (['egg', 'garlic'].includes(item.key) ? check(item, ana) : item));

  const skipped = reconcile(checked, needs({ skippedDays: [wednesday] }));

  const egg = skipped.changed.find(item => item.key === 'egg');
  expect(egg).toMatchObject({ checked: true, amounts: [{ quantity: 4 }] });
  expect(skipped.changed.map(item => item.key)).not.toContain('garlic');
  expect(skipped.gone.map(item => item.key)).toContain('cumin');

  const unskipped = reconcile(egg ? [egg] : [], needs());
  expect(unskipped.changed).toMatchObject([{ checked: true, amounts: [{ quantity: 9 }] }]);
  expect(unskipped.added.map(item => item.key)).toContain('cumin');
});

test('leftovers and notes buy nothing', () => {
  const leftover = { ...dinner(2), id: id(200), leftoverOfId: dinner(2).id };
  const note = { ...dinner(3), id: id(201), recipeId: null, recipeVersion: null, note: 'out for dinner' };
  expect(need('egg', needs({ items: [dinner(2), leftover, note] })).amounts[0]?.quantity).toBe(5);
});

test('a recipe that names no yield is bought as written', () => {
  const unsure = new Map([
    [id(0), { ownerId: null, visibility: 'PUBLIC' as const, recipeYield: 'Depends', recipeIngredient: ['3 eggs'] }],
  ]);
  expect(needsOf(cookedMeals(plan({ items: [dinner(0)] })), unsure)[0]?.amounts[0]?.quantity).toBe(3);
});

test('a recipe that the cook may not see buys nothing', () => {
  expect(needsOf(cookedMeals(plan({ ownerId: 'b'.repeat(24) })), recipes)).toEqual([]);
});

test('the order of the meals makes no difference', () => {
  expect(needs({ items: [...plan().items].reverse() })).toEqual(needs());
});
