import { Fault } from '@mealprep360/service/fault';
import { describe, expect, test } from 'vitest';
import { readRecipe, recipesFromJsonLd } from './json-ld.ts';
import { recipeFromPage } from './page/recipe-page.ts';
import { recipeInput } from './recipe-input.ts';

// As much as is taken; each would keep a process busy for minutes if its time grew with more than its length.
const SIZE = 1_900_000;
const full = (piece: string): string => piece.repeat(SIZE / piece.length);
/** "taken", or the code of what the author of the input is told. */
function outcome(read: () => unknown): string {
  try {
    read();
    return 'taken';
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

const ofPage = (html: string) => outcome(() => readRecipe(recipeFromPage(html).node));
const ofJson = (text: string) => outcome(() => readRecipe(recipesFromJsonLd(text)[0] ?? {}));
const script = (text: string) => `<script type="application/ld+json">${text}</script>`;
const scope = '<div itemscope itemtype="https://schema.org/Recipe">';
const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

describe('a hostile page ends in a clear answer:', () => {
  test.each([
    ['100,000 elements in each other', '<div>'.repeat(100_000), 'TOO_LARGE'],
    ['more elements than a page has', full('<b>x</b>'), 'TOO_LARGE'],
    ['more than 2,000,000 characters', 'x'.repeat(2_000_001), 'TOO_LARGE'],
    ['closing tags alone', '<b>'.repeat(500) + '</i>'.repeat(490_000), 'NO_RECIPE'],
    ['scopes in scopes', `${scope}<b itemprop=name>x</b>${'<i itemscope itemprop=image>'.repeat(480)}`, 'taken'],
    ['properties that every object has', `${scope}<b itemprop="name __proto__ toString">y</b>`, 'taken'],
    ['spaces in a script', script(`{${' '.repeat(1_900_000)}x`), 'NO_RECIPE'],
    ['100,000 attributes', `<p ${Array.from({ length: 100_000 }, (_, n) => `a${n}=1`).join(' ')}>`, 'NO_RECIPE'],
    ['a class of nothing but one word', `<p class="${full('h-recipe ')}">`, 'TITLE_MISSING'],
    ['brackets that open nothing', full('<'), 'NO_RECIPE'],
    ['a tag that never ends', full('<a href="'), 'NO_RECIPE'],
    ['comments in comments', full('<!--'), 'NO_RECIPE'],
    ['entities of entities', `<!DOCTYPE x [<!ENTITY l0 "l">${laughs}]><h1>${'&l9;'.repeat(100_000)}</h1>`, 'NO_RECIPE'],
    ['recipes in recipes', `${scope.repeat(500)}${'x '.repeat(800_000)}`, 'TITLE_MISSING'],
    ['properties in properties', `${scope}${'<i itemprop=name>'.repeat(500)}${'x '.repeat(800_000)}`, 'taken'],
    ['headings without end', full('<h2>Ingredients</h2><p>a<h2>Method</h2><p>b'), 'TITLE_MISSING'],
    ['labels without an amount', full('<p>Serves: '), 'NO_RECIPE'],
    ['scripts without JSON', full(script('{')), 'NO_RECIPE'],
    ['a script of 800,000 brackets', script('['.repeat(800_000)), 'NO_RECIPE'],
    ['a script of commas', script(`[${', '.repeat(900_000)}`), 'NO_RECIPE'],
  ])('%s', (_, html, said) => {
    expect(ofPage(html)).toBe(said);
  });

  test('one without a recipe hears what was looked for', () => {
    const refused = () => recipeFromPage('<h1>News</h1><p>Nothing to eat.');
    expect(refused).toThrow(/looked for JSON-LD, microdata, RDFa and microformats.*headings such as “Ingredients”/);
    expect(() => recipesFromJsonLd('{"@type":"Article"}')).toThrow(/"@type" is Recipe: looked in lists, @graph/);
  });
});

const nested = (open: string, inner: string, close: string, depth: number) =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;
const recipe = (more: string) => `{"@type":"Recipe","name":"Soup",${more}}`;
const text = (key: string, written: string) => recipe(`"${key}":${JSON.stringify(written)}`);

describe('hostile JSON-LD ends in a clear answer:', () => {
  test.each([
    ['10,000 graphs in each other', nested('{"@graph":[', recipe('"a":1'), ']}', 10_000), 'NO_RECIPE'],
    ['a million brackets', '['.repeat(1_000_000), 'NOT_JSON'],
    ['40,000 recipes', `[${'{"@type":"Recipe","name":"x"},'.repeat(40_000)}{}]`, 'taken'],
    ['150,000 keys', `{${Array.from({ length: 150_000 }, (_, n) => `"k${n}":1`).join()}}`, 'NO_RECIPE'],
    ['lists in lists for a text', recipe(`"description":${nested('[', '"x"', ']', 1000)}`), 'taken'],
    ['lists in lists for the name', `{"@type":"Recipe","name":${nested('[null,', '"x"', ']', 5000)}}`, 'TITLE_MISSING'],
    ['values of values', recipe(`"description":${nested('{"@value":', '"x"', '}', 50_000)}`), 'taken'],
    ['sections in sections', recipe(`"recipeInstructions":${nested('[', '"x"', ']', 50_000)}`), 'taken'],
    ['50,000 ingredients', recipe(`"recipeIngredient":[${'"1 egg",'.repeat(50_000)}"1 egg"]`), 'INVALID_RECIPE'],
    ['ingredients of brackets', recipe(`"recipeIngredient":["${'(['.repeat(9000)}"]`), 'INVALID_RECIPE'],
    ['a million keywords', text('keywords', 'a,'.repeat(900_000)), 'taken'],
    ['60,000 addresses that are none', recipe(`"image":[${'"javascript:x",'.repeat(60_000)}"x"]`), 'taken'],
    ['markup in markup', text('description', full('<script>')), 'taken'],
    ['tags made of tags', text('description', `${'<b'.repeat(6000)}${'>'.repeat(6000)}`), 'taken'],
    ['marks on marks', text('recipeInstructions', `x${'\u0316\u0301'.repeat(400_000)}`), 'taken'],
    ['a duration of hours and hours', text('totalTime', '1 hour '.repeat(2800)), 'taken'],
    ['a number of commas', recipe(`"nutrition":{"calories":"${'1,'.repeat(9900)}x"}`), 'taken'],
  ])('%s', (_, json, said) => {
    expect(ofJson(json)).toBe(said);
  });
});

describe('a hostile recipe is refused:', () => {
  test.each([
    ['of marks', `x${'\u0316\u0301'.repeat(400_000)}y`.repeat(2), true],
    ['of brackets', full('<'), false],
    ['of tags in tags', `${'<b'.repeat(300_000)}${'>'.repeat(300_000)}`, false],
    ['of scripts', full('<script>'), false],
  ])('%s', (_, written, isTaken) => {
    const given = { title: written, description: null, recipeIngredient: [], recipeInstructions: [] };
    expect(recipeInput.safeParse(given).success).toBe(isTaken);
  });
});
