import { expect, test } from 'vitest';
import { summarise } from './edit.ts';
import { readRecipe } from './json-ld.ts';

const { recipe: before } = readRecipe({
  name: 'Soup',
  recipeIngredient: ['1 onion', '2 carrots', 'salt'],
  recipeInstructions: ['Chop.', 'Cook.'],
  nutrition: { calories: 100 },
});

test.each([
  ['Changed nothing', {}],
  ['Changed title', { title: 'Stew' }],
  ['Changed title and 2 ingredients', { title: 'Stew', recipeIngredient: ['2 onions', '3 carrots', 'salt'] }],
  ['Changed 1 ingredient', { recipeIngredient: ['1 onion', 'salt'] }],
  ['Changed 1 ingredient', { recipeIngredient: ['1 onion', '2 carrots', 'salt', 'salt'] }],
  ['Changed the order of ingredients', { recipeIngredient: ['2 carrots', '1 onion', 'salt'] }],
  [
    'Changed cooking time, keywords, and 1 step',
    {
      cookTime: 'PT5M',
      keywords: ['quick'],
      recipeInstructions: [
        {
          name: null,
          steps: [
            { text: 'Chop.', image: null },
            { text: 'Fry.', image: null },
          ],
        },
      ],
    },
  ],
])('%s', (summary, changed) => {
  expect(summarise(before, { ...before, ...changed })).toBe(summary);
});

test('the order of keys is no change', () => {
  const nutrition = before.nutrition && {
    ...Object.fromEntries(Object.entries(before.nutrition).reverse()),
    ...before.nutrition,
  };
  expect(summarise(before, { ...before, nutrition })).toBe('Changed nothing');
});
