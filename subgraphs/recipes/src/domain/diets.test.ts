import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dietVerdict, suitableForDiet } from './diets.ts';

const linesOf = (...lines: string[]) => lines.map(text => ({ text }));
const vegetarian = (...lines: string[]) => dietVerdict(linesOf(...lines)).VEGETARIAN.verdict;

const jsonLines = (file: string): Record<string, unknown>[] =>
  readFileSync(new URL(`../../../../dev-env/data/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>);

describe('the hand-checked labels', () => {
  const recipes = new Map(jsonLines('recipes.jsonl').map(recipe => [recipe.url, recipe]));
  const judged = jsonLines('diet-labels.jsonl').map(label => {
    const recipe = recipes.get(label.url) ?? {};
    const lines = linesOf(...(recipe.recipeIngredient as string[]));
    const { verdict } = dietVerdict(lines, recipe.name as string).VEGETARIAN;
    return { name: label.name, label: label.vegetarian, verdict };
  });

  test('no recipe that is not or may not be vegetarian is called so', () => {
    expect(judged.filter(({ label, verdict }) => label !== 'yes' && verdict === 'yes')).toEqual([]);
  });

  test('65 of 66 verdicts are the same', () => {
    expect(judged).toHaveLength(66);
    // Its Worcestershire sauce is labelled "depends", that of another recipe "no".
    expect(judged.filter(({ label, verdict }) => label !== verdict).map(({ name }) => name)).toEqual([
      'Bloody Mary Mix',
    ]);
  });
});

describe('foods that may hold meat or fish prove no diet', () => {
  test.each([
    '1 l stock',
    '2 bouillon cubes',
    '1 packet gravy mix',
    '1 cup Caesar dressing',
    'gelatine',
    '100 g marshmallows',
    '1 pie crust',
    'suet',
    'lard',
    '2 sausages',
    '1 tbsp oyster sauce',
    '2 tbsp fish sauce',
    '1 tsp Worcestershire sauce',
    'meat or tofu',
    'kimchi',
    '2 tbsp Thai red curry paste',
    'a bit of grease',
    'refried beans',
    '1 jar of sauce',
    'delicatessen to taste',
    '200 g guanciale',
    '麻婆豆腐',
    'saucisson sec',
    '100 g Speckwürfel',
    'chicken free range',
    'chicken, not frozen',
    'No 1 bacon',
    'water (or chicken stock)',
    'stock (with onion)',
    'imitation crab',
    'constructor',
    'anything you like',
    '2 fillets',
    '1 packet',
  ])('%s', line => {
    expect(vegetarian('2 carrots', line)).not.toBe('yes');
  });
});

describe('foods that sound of meat and are plants, milk or egg are vegetarian', () => {
  test.each([
    '1 l vegetable stock',
    'coconut milk',
    'peanut butter',
    'butternut squash',
    '1 eggplant',
    'oyster mushrooms',
    'kidney beans',
    'beef tomatoes',
    '2 celery ribs',
    'artichoke hearts',
    "lamb's lettuce",
    '4 hamburger buns',
    'crab apples',
    'duck eggs',
    'goat cheese',
    'vegan sausages',
    'vegetarian Worcestershire sauce',
    'plant-based mince',
    'veggie burgers',
    'grated Parmesan',
    '1 cup fat-free yoghurt',
    'rice noodles',
    'pigeon peas',
    'blood orange',
    'Crème fraîche',
    'some flavouring sauce (soy sauce, sesame oil)',
    '1 jar (500 g) jam, any kind you like',
  ])('%s', line => {
    expect(vegetarian(line)).toBe('yes');
  });
});

describe('choices', () => {
  test.each([
    ['oil or lard', 'depends'],
    ['chicken or veggie stock', 'depends'],
    ['beef or chicken stock', 'no'],
    ['butter/margarine', 'yes'],
    ['bacon (you can replace it with mushrooms)', 'no'],
    ['tofu (or chicken)', 'depends'],
    ['1 kg meat (lamb or any other kind of meat)', 'no'],
    ['Tomato paste/sauce', 'yes'],
    ['6 rashers of bacon (optional)', 'depends'],
    ['Fresh Bolognese sauce or store-bought sauce', 'no'],
  ])('%s: %s', (line, verdict) => {
    expect(vegetarian(line)).toBe(verdict);
  });

  test('a line that the parser marked as optional can be left out', () => {
    expect(dietVerdict([{ text: 'ham', optional: true }]).VEGETARIAN.verdict).toBe('depends');
  });

  test('in a line of very many choices none is lost', () => {
    expect(vegetarian(`${'salt or '.repeat(40)}bacon`)).not.toBe('yes');
  });
});

test('headings and equipment prove and disprove nothing', () => {
  expect(vegetarian('For the dough:', '200 g flour', 'baking paper', 'thermometer', '1 cheesecloth')).toBe('yes');
});

test('a recipe without ingredients proves nothing', () => {
  expect(suitableForDiet([])).toEqual([]);
  expect(suitableForDiet(linesOf(' '))).toEqual([]);
});

test('a title that promises meat keeps the lines from proving that there is none', () => {
  expect(dietVerdict(linesOf('2 potatoes'), 'Salmon Bake').VEGETARIAN).toEqual({
    verdict: 'depends',
    because: ['Salmon Bake'],
  });
  expect(dietVerdict(linesOf('2 potatoes'), 'Hamburger dressing').VEGETARIAN.verdict).toBe('yes');
});

test('the verdict names the lines that decide it', () => {
  const verdicts = dietVerdict(linesOf('2 eggs', '1 l stock', '100 g ham'));
  expect(verdicts.VEGETARIAN).toEqual({ verdict: 'no', because: ['100 g ham'] });
  expect(verdicts.VEGAN).toEqual({ verdict: 'no', because: ['2 eggs', '100 g ham'] });
});

describe('each diet', () => {
  test.each<[string, string[]]>([
    ['2 carrots', ['GLUTEN_FREE', 'HALAL', 'HINDU', 'KOSHER', 'LOW_LACTOSE', 'VEGAN', 'VEGETARIAN']],
    ['300 g spaghetti', ['HALAL', 'HINDU', 'KOSHER', 'LOW_LACTOSE', 'VEGAN', 'VEGETARIAN']],
    ['300 g pasta', ['LOW_LACTOSE', 'VEGETARIAN']],
    ['4 eggs', ['GLUTEN_FREE', 'HALAL', 'KOSHER', 'LOW_LACTOSE', 'VEGETARIAN']],
    ['1 l milk', ['GLUTEN_FREE', 'HALAL', 'HINDU', 'KOSHER', 'VEGETARIAN']],
    ['1 l lactose-free milk', ['GLUTEN_FREE', 'HALAL', 'HINDU', 'KOSHER', 'LOW_LACTOSE', 'VEGETARIAN']],
    ['100 g butter', ['GLUTEN_FREE', 'HALAL', 'HINDU', 'KOSHER', 'LOW_LACTOSE', 'VEGETARIAN']],
    ['2 tbsp honey', ['GLUTEN_FREE', 'HALAL', 'HINDU', 'KOSHER', 'LOW_LACTOSE', 'VEGETARIAN']],
    ['1 cup oats', ['HALAL', 'HINDU', 'KOSHER', 'LOW_LACTOSE', 'VEGAN', 'VEGETARIAN']],
    ['1 cup white wine', ['GLUTEN_FREE', 'LOW_LACTOSE', 'VEGETARIAN']],
    ['2 tbsp soy sauce', ['HINDU', 'LOW_LACTOSE', 'VEGAN', 'VEGETARIAN']],
    ['gluten-free flour', ['GLUTEN_FREE', 'HALAL', 'HINDU', 'KOSHER', 'LOW_LACTOSE', 'VEGAN', 'VEGETARIAN']],
    ['1 salmon', ['GLUTEN_FREE', 'HALAL', 'KOSHER', 'LOW_LACTOSE']],
    ['500 g beef', ['GLUTEN_FREE', 'LOW_LACTOSE']],
    ['1 cup stock', []],
  ])('%s', (line, diets) => {
    expect(suitableForDiet(linesOf(line))).toEqual(diets);
  });

  test('meat with milk is not kosher', () => {
    expect(dietVerdict(linesOf('500 g beef', '100 ml cream')).KOSHER).toEqual({
      verdict: 'no',
      because: ['500 g beef', '100 ml cream'],
    });
  });
});

test.each<[string, string]>([
  ['(', 'depends'],
  ['a or ', 'depends'],
  ['((a or b) or ', 'depends'],
  ['x', 'depends'],
  ['(a or b)', 'depends'],
  ['no free ', 'depends'],
  ['1/', 'depends'],
  ['salt/', 'yes'],
  ['bacon (or ham) ', 'no'],
])('a hostile line is judged like any other: %s, again and again, is %s', (unit, verdict) => {
  // work that grew with each way to read it would never end
  const lines = Array.from({ length: 20 }, () => ({ text: unit.repeat(500 / unit.length) }));
  expect(dietVerdict(lines).VEGAN.verdict).toBe(verdict);
});
