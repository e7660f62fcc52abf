import { describe, expect, test } from 'vitest';
import { ingredientLines, recipeInput } from './recipe-input.ts';

const minimal = { title: 'Soup', recipeIngredient: ['1 onion'], recipeInstructions: [{ steps: ['Cook.'] }] };

const faultsOf = (input: unknown): string[] =>
  recipeInput.safeParse(input).error?.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`) ?? [];

test('the least a recipe needs is enough', () => {
  expect(recipeInput.parse(minimal)).toEqual({
    title: 'Soup',
    description: null,
    image: [],
    recipeYield: null,
    prepTime: null,
    cookTime: null,
    totalTime: null,
    recipeIngredient: ['1 onion'],
    recipeInstructions: [{ name: null, steps: [{ text: 'Cook.', image: null }] }],
    categoryIds: [],
    recipeCuisine: [],
    keywords: [],
    nutrition: null,
    visibility: null,
    license: null,
  });
});

test('everything is cleaned and brought to one spelling', () => {
  const input = {
    ...minimal,
    title: '  Ana\u0000’s <b>soup</b>\u202E ',
    description: ' ',
    image: [new URL('https://example.org/a.jpg')],
    prepTime: 'PT75M',
    keywords: ['quick, cheap', 'quick'],
    recipeCategory: ['0123456789abcdef01234567'],
    nutrition: { calories: 100 },
  };
  expect(recipeInput.parse(input)).toMatchObject({
    title: 'Ana’s soup',
    description: null,
    image: ['https://example.org/a.jpg'],
    prepTime: 'PT1H15M',
    keywords: ['quick', 'cheap'],
    categoryIds: ['0123456789abcdef01234567'],
    nutrition: { calories: 100, fatContent: null, servingSize: null },
  });
});

describe('what is wrong is said', () => {
  const lines = (count: number) => Array.from({ length: count }, () => '1 egg');

  test.each<[object, string]>([
    [{ title: ' \u0000 ' }, 'title: A title is empty.'],
    [{ title: 'x'.repeat(201) }, 'title: A title has at most 200 characters.'],
    [{ description: 'x'.repeat(10_001) }, 'description: A description has at most 10000 characters.'],
    [
      { recipeIngredient: lines(10_000) },
      'recipeIngredient: A recipe has at most 200 ingredient lines; this one has 10000.',
    ],
    [{ recipeIngredient: ['1 egg', ''] }, 'recipeIngredient.1: An ingredient line is empty.'],
    [{ recipeIngredient: ['x'.repeat(501)] }, 'recipeIngredient.0: An ingredient line has at most 500 characters.'],
    [
      { recipeInstructions: [{ steps: lines(201) }] },
      'recipeInstructions: A recipe has at most 200 steps; this one has 201.',
    ],
    [
      { recipeInstructions: [{ steps: ['x'.repeat(5001)] }] },
      'recipeInstructions.0.steps.0.text: A step has at most 5000 characters.',
    ],
    [
      { recipeInstructions: [{ name: 'Dough', steps: [] }] },
      'recipeInstructions.0.steps: A section has at least one step.',
    ],
    [{ recipeInstructions: [{ steps: [' '] }] }, 'recipeInstructions.0.steps.0.text: A step is empty.'],
    [
      { image: Array.from({ length: 21 }, () => 'https://example.org/') },
      'image: A recipe has at most 20 images; this one has 21.',
    ],
    [
      { image: ['javascript:alert(1)'] },
      'image.0: An address starts with http:// or https:// and has at most 2048 characters.',
    ],
    [{ keywords: lines(51) }, 'keywords: A recipe has at most 50 keywords; this one has 51.'],
    [{ prepTime: 'soon' }, 'prepTime: This is not a duration such as PT45M or PT1H15M.'],
    [{ cookTime: 'P31D' }, 'cookTime: A duration is at most 30 days.'],
    [{ nutrition: { calories: -1 } }, 'nutrition.calories: A nutrition figure is not below 0.'],
    [{ nutrition: { fatContent: Infinity } }, 'nutrition.fatContent: A nutrition figure is a number.'],
    [{ recipeCategory: ['soups'] }, 'recipeCategory.0: This is no id: an id has 24 hexadecimal digits.'],
  ])('%.60j', (wrong, message) => {
    expect(faultsOf({ ...minimal, ...wrong })).toEqual([message]);
  });

  test('all of it at once', () => {
    expect(faultsOf({ ...minimal, title: '', recipeYield: 'x'.repeat(201) })).toHaveLength(2);
  });
});

test('lines to be parsed keep the limits of a recipe', () => {
  expect(ingredientLines.safeParse(Array.from({ length: 201 }, () => 'x')).success).toBe(false);
  expect(ingredientLines.parse([' 1  egg '])).toEqual(['1 egg']);
});
