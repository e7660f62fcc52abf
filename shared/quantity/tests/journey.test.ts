import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mergeLines, type MergedFood, type Source } from '../src/merge-lines.ts';
import { parseLines } from '../src/parse-line.ts';
import { parseYield } from '../src/yield.ts';

type Recipe = { name: string; recipeYield?: string; recipeIngredient: string[] };

const recipes = readFileSync(new URL('../../../dev-env/data/recipes.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(line => JSON.parse(line) as Recipe);

const WEEK = [
  ...['Red Lentil Dahl', 'Ratatouille', 'Shakshouka', 'Spanish Tortilla', 'Spaghetti aglio e olio', 'Pasta Alla Norma'],
  'Spinach-Rice Casserole',
];

const wanted = (name: string, servings: number): Source<string>[] => {
  const recipe = recipes.find(candidate => candidate.name === name);
  const value = parseYield(recipe?.recipeYield ?? null)?.value;
  if (!recipe || value == null) throw new Error(`No recipe with a yield is named ${name}`);
  return parseLines(recipe.recipeIngredient).map(line => ({ line, factor: servings / value, ref: name }));
};

const listOf = (names: readonly string[]): Map<string, MergedFood<string>> =>
  new Map(mergeLines(names.flatMap(name => wanted(name, 2))).map(food => [food.key, food]));

describe('a week of seven dinners for two', () => {
  const list = listOf(WEEK);
  const amounts = (key: string) => list.get(key)?.amounts;

  it('needs nine eggs, from three recipes', () => {
    expect(amounts('egg')).toEqual([{ quantity: 9, quantityMax: null, unit: '' }]);
    expect(list.get('egg')?.sources.map(({ ref }) => ref)).toEqual([
      'Shakshouka',
      'Spanish Tortilla',
      'Spinach-Rice Casserole',
    ]);
  });

  it('needs 8 to 8.5 cloves of garlic', () => {
    expect(amounts('garlic')).toEqual([{ quantity: 8, quantityMax: 8.5, unit: 'clove' }]);
  });

  it('needs 376.8 g of spaghetti: the grams in brackets say the pound again', () => {
    expect(amounts('spaghetti')).toEqual([
      { quantity: expect.closeTo(376.8, 1) as number, quantityMax: null, unit: 'gram' },
    ]);
    expect([...list.keys()].filter(key => key.includes('spaghetti'))).toEqual(['spaghetti']);
  });

  it('needs 64.8 ml of olive oil and some more, and extra virgin olive oil on a line of its own', () => {
    expect(amounts('olive oil')).toEqual([
      { quantity: expect.closeTo(64.8, 1) as number, quantityMax: null, unit: 'milliliter' },
    ]);
    expect(list.get('olive oil')?.asNeeded).toBe(true);
    expect(list.get('extra virgin olive oil')?.sources).toHaveLength(2);
  });

  it('needs onions by count, by weight and by cup, never summed', () => {
    expect(amounts('onion')).toEqual([
      { quantity: expect.closeTo(5 / 3, 9) as number, quantityMax: null, unit: '' },
      { quantity: expect.closeTo(151.197, 2) as number, quantityMax: null, unit: 'gram' },
      { quantity: expect.closeTo(78.863, 2) as number, quantityMax: null, unit: 'milliliter' },
    ]);
  });

  it('without the Wednesday needs four eggs and no cumin', () => {
    const skipped = listOf(WEEK.filter(name => name !== 'Shakshouka'));
    expect(skipped.get('egg')?.amounts).toEqual([{ quantity: 4, quantityMax: null, unit: '' }]);
    expect(list.has('cumin')).toBe(true);
    expect(skipped.has('cumin')).toBe(false);
  });

  it('comes out the same whatever the order of the days', () => {
    const backwards = listOf([...WEEK].reverse());
    for (const [key, food] of list) expect(backwards.get(key)?.amounts).toEqual(food.amounts);
  });
});
