import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRecipe, recipesFromJsonLd } from './json-ld.ts';
import { toJsonLd } from './to-json-ld.ts';
import { recipeDraft, type RecipeDraft } from './recipe-draft.ts';

const again = (recipe: RecipeDraft): RecipeDraft => readRecipe(recipesFromJsonLd(toJsonLd(recipe))[0] ?? {}).recipe;

test('each of the 322 shipped recipes imports again as it was, without a warning', () => {
  const lines = readFileSync(new URL('../../../../dev-env/data/recipes.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  expect(lines).toHaveLength(322);
  for (const line of lines) {
    const { recipe, warnings } = readRecipe(JSON.parse(line) as Record<string, unknown>);
    expect(warnings, recipe.title).toEqual([]);
    expect(again(recipe)).toEqual(recipe);
    const source = JSON.parse(line) as { recipeIngredient: string[] };
    expect(recipe.recipeIngredient).toHaveLength(source.recipeIngredient.length);
  }
});

const text = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength }),
    fc
      .array(fc.constantFrom('&lt;', '&amp;', '<', 'b>', '<p>', '\n', ',', '"', '\u2028', '1. ', 'Mix.', 'é', '😀'), {
        maxLength: 12,
      })
      .map(parts => parts.join('')),
  );
const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const address = fc.webUrl({ withQueryParameters: true }).map(url => url.slice(0, 2000));
const duration = fc.nat({ max: 43_200 }).map(minutes => `PT${minutes}M`);
const figure = nullable(fc.double({ min: 0, max: 1e6, noNaN: true }));
const names = fc.array(text(20), { maxLength: 4 });

const anyRecipe = fc.record({
  title: text(40),
  description: nullable(text(80)),
  image: fc.uniqueArray(address, { maxLength: 3 }),
  recipeYield: nullable(text(10)),
  prepTime: nullable(duration),
  cookTime: nullable(duration),
  totalTime: nullable(duration),
  recipeIngredient: fc.array(text(30), { maxLength: 5 }),
  recipeInstructions: fc.array(
    fc.record({
      name: nullable(text(10)),
      steps: fc.array(fc.record({ text: text(40), image: nullable(address) }), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 4 },
  ),
  recipeCategory: names,
  recipeCuisine: names,
  keywords: names,
  nutrition: nullable(
    fc.record({
      servingSize: nullable(text(10)),
      calories: figure,
      fatContent: figure,
      saturatedFatContent: figure,
      carbohydrateContent: figure,
      fiberContent: figure,
      sugarContent: figure,
      proteinContent: figure,
      sodiumContent: figure,
      cholesterolContent: figure,
    }),
  ),
  sourceUrl: nullable(address),
  creditText: nullable(text(20)),
  license: nullable(address),
  datePublished: nullable(
    fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map(date => date.toISOString()),
  ),
});

test('every valid recipe imports again as it was', () => {
  let valid = 0;
  fc.assert(
    fc.property(anyRecipe, written => {
      const { data } = recipeDraft.safeParse(written);
      if (data === undefined) return;
      valid += 1;
      expect(again(data)).toEqual(data);
    }),
    { numRuns: 500 },
  );
  expect(valid).toBeGreaterThan(50);
});

test('the text can stand in a script element', () => {
  const recipe = readRecipe({ name: 'Soup', description: 'a < b &lt;/script>' }).recipe;
  expect(toJsonLd(recipe)).not.toContain('<');
  expect(again(recipe)).toEqual(recipe);
});
