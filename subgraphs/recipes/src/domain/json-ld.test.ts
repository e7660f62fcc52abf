import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Fault } from '@mealprep360/service/fault';
import { readRecipe, recipesFromJsonLd } from './json-ld.ts';
import { minutesOf } from './duration.ts';

const read = (recipe: object) => readRecipe({ '@type': 'Recipe', name: 'Soup', ...recipe });

const faultOf = (act: () => unknown): Fault => {
  try {
    act();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('no fault');
};

const pages = new URL('../../../../dev-env/data/pages/', import.meta.url);

type Expected = {
  name: string;
  nameAccept?: string[];
  recipeIngredient: string[];
  steps: string[];
  sections?: string[];
  prepMinutes: number | null;
  cookMinutes: number | null;
  totalMinutes: number | null;
  nutrition?: Record<string, number>;
};

function page(start: string): { expected: Expected; jsonLd: string } {
  const names = readdirSync(pages).filter(name => name.startsWith(start));
  const textOf = (end: string) => readFileSync(new URL(names.find(name => name.endsWith(end)) ?? '', pages), 'utf8');
  const jsonLd = /<script[^>]*ld\+json[^>]*>([\s\S]*?)<\/script>/.exec(textOf('.html'))?.[1] ?? '';
  const { expected } = JSON.parse(textOf('.json')) as { expected: Expected };
  return { expected, jsonLd };
}

describe('the JSON-LD of real pages', () => {
  test.each(['01', '03', '04', '05'])('page %s gives what is expected of it', start => {
    const { expected, jsonLd } = page(start);
    const { recipe } = readRecipe(recipesFromJsonLd(jsonLd)[0] ?? {});
    expect(expected.nameAccept ?? [expected.name]).toContain(recipe.title);
    expect(recipe.recipeIngredient).toEqual(expected.recipeIngredient);
    const steps = recipe.recipeInstructions.flatMap(section => section.steps.map(step => step.text));
    expect(steps.map(step => step.replace('’', "'").replace('’', "'"))).toEqual(expected.steps);
    if (expected.sections) expect(recipe.recipeInstructions.map(({ name }) => name)).toEqual(expected.sections);
    const times = [recipe.prepTime, recipe.cookTime, recipe.totalTime].map(time => time && minutesOf(time));
    // The first page says its times outside its JSON-LD.
    if (start !== '01') expect(times).toEqual([expected.prepMinutes, expected.cookMinutes, expected.totalMinutes]);
    if (expected.nutrition) expect(recipe.nutrition).toMatchObject(expected.nutrition);
  });

  test('minutes written as seconds are repaired and what is missing is said', () => {
    const { expected, jsonLd } = page('02');
    const { recipe, warnings } = readRecipe(recipesFromJsonLd(jsonLd)[0] ?? {});
    expect(recipe).toMatchObject({ title: expected.name, prepTime: 'PT45M', cookTime: 'PT30M', totalTime: 'PT1H15M' });
    expect(recipe.nutrition?.calories).toBe(185.41);
    expect(warnings.map(warning => warning.code)).toEqual([
      'DURATION_REPAIRED',
      'DURATION_REPAIRED',
      'DURATION_REPAIRED',
      'DATE_UNREADABLE',
      'INGREDIENTS_MISSING',
      'INSTRUCTIONS_MISSING',
    ]);
  });
});

describe('where a recipe stands', () => {
  test.each([
    ['alone', { '@type': 'Recipe', name: 'A' }],
    ['in a list', [{ '@type': 'WebSite' }, { '@type': ['NewsArticle', 'Recipe'], name: 'A' }]],
    ['in a graph', { '@graph': [{ '@type': 'Person' }, { '@type': 'https://schema.org/Recipe', name: 'A' }] }],
    ['below a page', { '@type': 'WebPage', mainEntity: { '@type': 'schema:Recipe', name: 'A' } }],
  ])('it is found %s', (_, document) => {
    expect(recipesFromJsonLd(JSON.stringify(document)).map(node => node.name)).toEqual(['A']);
  });

  test('several come in their order', () => {
    const text = JSON.stringify(['A', 'B', 'C'].map(name => ({ '@type': 'Recipe', name })));
    expect(recipesFromJsonLd(text).map(node => node.name)).toEqual(['A', 'B', 'C']);
  });

  test('a picture named by its id is filled in', () => {
    const graph = [
      { '@type': 'ImageObject', '@id': '#picture', url: 'https://example.org/soup.jpg' },
      { '@type': 'Recipe', name: 'A', image: { '@id': '#picture' } },
    ];
    const [node = {}] = recipesFromJsonLd(JSON.stringify({ '@graph': graph }));
    expect(readRecipe(node).recipe.image).toEqual(['https://example.org/soup.jpg']);
  });

  test('JSON with raw line breaks, comments around it or a comma too many is read', () => {
    expect(recipesFromJsonLd('<!-- {"@type": "Recipe", "name": "A\n B",} -->')).toHaveLength(1);
    expect(recipesFromJsonLd('//<![CDATA[\n{"@type": "Recipe", "name": "A"}\n//]]>')).toHaveLength(1);
  });

  test.each([
    ['no JSON', 'NOT_JSON'],
    ['[]', 'NO_RECIPE'],
    ['{"@type": "RecipeBook"}', 'NO_RECIPE'],
    ['null', 'NO_RECIPE'],
    ['['.repeat(100_000), 'NOT_JSON'],
    [`${'['.repeat(5000)}${']'.repeat(5000)}`, 'NO_RECIPE'],
    [' '.repeat(2_000_001), 'TOO_LARGE'],
  ])('%.20s is refused with %s', (text, code) => {
    expect(faultOf(() => recipesFromJsonLd(text)).code).toBe(code);
  });
});

describe('instructions', () => {
  const stepsOf = (recipeInstructions: unknown) =>
    read({ recipeInstructions }).recipe.recipeInstructions.map(section => [
      section.name,
      ...section.steps.map(step => step.text),
    ]);

  test.each<[string, unknown, unknown]>([
    ['one text with lines', 'Mix.\nBake.', [[null, 'Mix.', 'Bake.']]],
    ['one text with numbers', '1. Mix.\n2. Bake.', [[null, 'Mix.', 'Bake.']]],
    ['one run-on text', 'Mix well.Bake for 5 min.Serve', [[null, 'Mix well.', 'Bake for 5 min.', 'Serve']]],
    ['HTML', '<ol><li>Mix &amp; stir</li><li>Bake</li></ol>', [[null, 'Mix & stir', 'Bake']]],
    ['a list of texts', ['Mix', 'Bake'], [[null, 'Mix', 'Bake']]],
    [
      'steps',
      [
        { '@type': 'HowToStep', text: 'Mix', name: 'M' },
        { '@type': 'HowToStep', name: 'Bake' },
      ],
      [[null, 'Mix', 'Bake']],
    ],
    [
      'an item list',
      { '@type': 'ItemList', itemListElement: [{ '@type': 'HowToStep', text: 'Mix' }] },
      [[null, 'Mix']],
    ],
    [
      'a step of directions',
      [
        {
          '@type': 'HowToStep',
          itemListElement: [
            { '@type': 'HowToDirection', text: 'Mix' },
            { '@type': 'HowToTip', text: 'Well' },
          ],
        },
      ],
      [[null, 'Mix\nWell']],
    ],
    [
      'sections among steps',
      ['Heat', { '@type': 'HowToSection', name: 'Dough', itemListElement: ['Mix'] }, 'Serve'],
      [
        [null, 'Heat'],
        ['Dough', 'Mix'],
        [null, 'Serve'],
      ],
    ],
    ['nothing', undefined, []],
  ])('%s are read', (_, instructions, sections) => {
    expect(stepsOf(instructions)).toEqual(sections);
  });

  test('instructions inside one another without end stop being read', () => {
    let nested: unknown = 'Mix';
    for (let depth = 0; depth < 1000; depth += 1) nested = [nested];
    expect(stepsOf(nested)).toEqual([]);
  });
});

test('figures are read in the units of the contract', () => {
  const { recipe, warnings } = read({
    nutrition: {
      calories: '418.4 kJ',
      fatContent: '8,5 grams',
      sodiumContent: '0.3 g',
      sugarContent: '1,200 mg',
      proteinContent: 'much',
    },
  });
  expect(recipe.nutrition).toMatchObject({
    calories: 100,
    fatContent: 8.5,
    sodiumContent: 300,
    sugarContent: 1.2,
    proteinContent: null,
  });
  expect(warnings).toContainEqual(
    expect.objectContaining({ code: 'NUTRITION_UNREADABLE', path: ['nutrition', 'proteinContent'] }),
  );
});

test.each([
  [8, '8'],
  [['4', '4 servings'], '4 servings'],
  [{ '@type': 'QuantitativeValue', value: 12, unitText: 'bars' }, '12 bars'],
  ['2/3', '2/3'],
  ['', null],
])('the yield %j is %j', (recipeYield, text) => {
  expect(read({ recipeYield }).recipe.recipeYield).toBe(text);
});

test('names come from lists and from texts with commas', () => {
  const { recipe } = read({ keywords: ['a, b', 'c'], recipeCategory: 'Main, Soup', recipeCuisine: ['Salt, Pepper'] });
  expect(recipe.keywords).toEqual(['a', 'b', 'c']);
  expect(recipe.recipeCategory).toEqual(['Main', 'Soup']);
  expect(recipe.recipeCuisine).toEqual(['Salt, Pepper']);
});

test('only addresses of the web are kept', () => {
  const { recipe, warnings } = read({
    image: ['javascript:alert(1)', { url: 'https://example.org/a.jpg' }, 'data:image/png;base64,AA'],
    url: 'file:///etc/passwd',
    license: 'CC BY',
  });
  expect(recipe).toMatchObject({ image: ['https://example.org/a.jpg'], sourceUrl: null, license: null });
  expect(warnings.filter(warning => warning.code === 'ADDRESS_DROPPED')).toHaveLength(4);
});

test('texts lose their markup', () => {
  const { recipe } = read({
    name: 'Soup<script>alert(1)</script> &amp; <b>bread</b>',
    description: '&lt;p&gt;Good&lt;/p&gt;',
  });
  expect(recipe).toMatchObject({ title: 'Soup & bread', description: 'Good' });
});

test('a recipe without a name is refused', () => {
  expect(faultOf(() => readRecipe({ '@type': 'Recipe', name: ' ' })).userErrors).toEqual([
    { code: 'TITLE_MISSING', message: 'The recipe has no name.', path: ['name'] },
  ]);
});

test('a recipe of 10,000 lines is refused with its number', () => {
  const fault = faultOf(() => read({ recipeIngredient: Array.from({ length: 10_000 }, () => '1 egg') }));
  expect(fault.userErrors[0]).toEqual({
    code: 'INVALID_RECIPE',
    message: 'A recipe has at most 200 ingredient lines; this one has 10000.',
    path: ['recipeIngredient'],
  });
});

test.each([null, 1, 'x', [], {}, [null], { '@value': {} }])('a recipe all of whose values are %j is read', value => {
  const keys =
    'description image recipeYield prepTime cookTime totalTime recipeIngredient recipeInstructions recipeCategory recipeCuisine keywords nutrition url license datePublished';
  expect(read(Object.fromEntries(keys.split(' ').map(key => [key, value]))).recipe.title).toBe('Soup');
});
