import { describe, expect, it } from 'vitest';
import { aisleOf, aisles, isKnownFood } from './aisle.ts';
import { displayFood, foodKey } from './food-key.ts';
import { mergeLines } from './merge-lines.ts';
import { parseLine } from './parse-line.ts';

describe('the key of a food', () => {
  it.each([
    ['egg', ['eggs', 'free-range eggs', 'Eggs, beaten', '4 large eggs'.slice(2)]],
    ['onion', ['Yellow Onion', 'white onions', 'onion, chopped', 'finely chopped onion', 'small brown onions']],
    ['garlic', ['Garlic Cloves', 'fresh garlic', 'cloves garlic', 'garlic']],
    ['green onion', ['Spring Onions', 'scallions', 'green onions, thinly sliced']],
    ['extra virgin olive oil', ['Extra virgin olive oil', 'extra-virgin olive oil']],
    ['eggplant', ['aubergines', 'Eggplant']],
    ['parmesan', ['Parmesan cheese', 'grated Parmesan', 'parmesan']],
    ['vegetable stock', ['vegetable or chicken stock', 'Vegetable stock']],
    ['butter', ['butter or lard', 'softened butter', 'butter/margarine']],
    ['molasses', ['molasses']],
    ['bay leaf', ['bay leaves', 'bayleaf']],
    ['creme fraiche', ['crème fraîche']],
  ])('is %s for %j', (key, foods) => {
    expect(foods.map(foodKey)).toEqual(foods.map(() => key));
  });

  it('keeps apart what one buys apart', () => {
    const foods = [
      'olive oil',
      'extra virgin olive oil',
      'onion',
      'red onion',
      'hot sauce',
      'minced beef',
      'beef',
      'egg yolk',
      'egg',
    ];
    expect(new Set(foods.map(foodKey)).size).toBe(foods.length);
    for (const food of ['couscous', 'hummus', 'asparagus', 'swiss', 'oats']) expect(foodKey(food)).toBe(food);
  });

  it('is the key of itself, and of the name it is displayed by', () => {
    for (const food of [
      'free-range eggs',
      'aubergines',
      'tinned chopped tomatoes',
      'bone-in, skin-on chicken thighs',
    ]) {
      expect(foodKey(foodKey(food))).toBe(foodKey(food));
      expect(foodKey(displayFood(food))).toBe(foodKey(food));
    }
    expect(displayFood('8 free-range Eggs'.slice(2))).toBe('eggs');
    expect(displayFood('white onions')).toBe('onions');
  });
});

describe('the aisle of a food', () => {
  it.each([
    ['Yellow Onion', 'fruit and veg'],
    ['free-range eggs', 'milk and dairy'],
    ['chicken stock', 'packaged goods, pasta and sauces'],
    ['boneless chicken thighs', 'meat and seafood'],
    ['extra virgin olive oil', 'oils and dressings'],
    ['coconut milk', 'tinned goods and baking'],
    ['peanut butter', 'packaged goods, pasta and sauces'],
    ['dried basil', 'dried herbs and spices'],
    ['fresh basil', 'fruit and veg'],
    ['canned tomatoes', 'tinned goods and baking'],
    ['frozen peas', 'packaged goods, pasta and sauces'],
    ['thermometer', 'other'],
    ['', 'other'],
  ])('of %s is %s', (food, aisle) => {
    expect(aisleOf(food)).toBe(aisle);
  });

  it('is one of nine, other last', () => {
    expect(aisles).toHaveLength(9);
    expect(aisles.at(-1)).toBe('other');
    expect(isKnownFood('Peppers')).toBe(true);
    expect(isKnownFood('chopped')).toBe(false);
  });
});

describe('merging lines', () => {
  const merge = (...texts: string[]) =>
    mergeLines(texts.map((text, ref) => ({ line: parseLine(text), factor: 1, ref })));
  const foods = (...texts: string[]) => merge(...texts).map(({ food }) => food);

  it('buys each of several foods on a line without an amount', () => {
    expect(foods('Salt and pepper to taste')).toEqual(['salt', 'pepper']);
    expect(foods('Onion, celery, carrot and garlic')).toEqual(['onion', 'celery', 'carrot', 'garlic']);
    expect(foods('A few dashes each - Nutmeg; Cayenne; Paprika')).toEqual(['nutmeg', 'cayenne', 'paprika']);
    expect(foods('salt or pepper')).toEqual(['salt']);
    expect(foods('1 cup Frozen Peas and Carrots')).toEqual(['frozen peas and carrots']);
    expect(foods('Onion, roughly chopped')).toEqual(['onion']);
  });

  it('counts an amount that is said twice once, and cans as cans', () => {
    expect(merge('1 pound (500g) spaghetti')[0]?.amounts).toHaveLength(1);
    expect(merge('2 x 400g tins chopped tomatoes', '3 tomatoes').map(({ key, amounts }) => [key, amounts])).toEqual([
      ['canned tomato', [{ quantity: 2, quantityMax: null, unit: 'can' }]],
      ['tomato', [{ quantity: 3, quantityMax: null, unit: '' }]],
    ]);
  });

  it('names its sources, with the scaled amount of each', () => {
    const line = parseLine('2-3 garlic cloves');
    expect(
      mergeLines([
        { line, factor: 0.5, ref: 'a' },
        { line: parseLine('garlic'), factor: 1, ref: 'b' },
      ]),
    ).toEqual([
      {
        ...{ key: 'garlic', food: 'garlic', asNeeded: true },
        amounts: [{ quantity: 1, quantityMax: 1.5, unit: 'clove' }],
        sources: [
          { ref: 'a', line: '2-3 garlic cloves', measure: { quantity: 1, quantityMax: 1.5, unit: 'clove' } },
          { ref: 'b', line: 'garlic', measure: null },
        ],
      },
    ]);
  });

  it('uses the plural when some line does', () => {
    expect(foods('1 carrot', '2 carrots')).toEqual(['carrots']);
  });
});
