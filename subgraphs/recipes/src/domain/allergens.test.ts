import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findAllergens } from './allergens.ts';

const found = (...lines: string[]): string =>
  findAllergens(lines.map(text => ({ text })))
    .map(({ allergen, certainty }) => (certainty === 'CONTAINS' ? allergen : `${allergen}?`))
    .join(' ');

test.each([
  ['coconut milk', ''],
  ['peanut butter', 'PEANUTS'],
  ['1 butternut squash', ''],
  ['1 eggplant', ''],
  ['nutmeg', ''],
  ['buckwheat', ''],
  ['rice flour', ''],
  ['wheat flour', 'GLUTEN'],
  ['oyster mushrooms', ''],
  ['oyster sauce', 'GLUTEN? SOYBEANS? MOLLUSCS'],
  ['cream of tartar', ''],
  ['soy sauce', 'GLUTEN SOYBEANS'],
  ['tamari', 'GLUTEN? SOYBEANS'],
  ['beer', 'GLUTEN'],
  ['red wine', 'SULPHITES?'],
  ['dark chocolate', 'SOYBEANS? MILK?'],
  ['mayonnaise', 'EGGS MUSTARD?'],
  ['pesto', 'MILK TREE_NUTS'],
  ['tahini', 'SESAME'],
  ['curry powder', 'GLUTEN? CELERY? MUSTARD?'],
  ['vegetable stock', 'GLUTEN? SOYBEANS? CELERY?'],
  ['pasta', 'GLUTEN EGGS?'],
  ['egg noodles', 'GLUTEN EGGS'],
  ['fish sauce', 'GLUTEN? CRUSTACEANS? FISH CELERY? MOLLUSCS?'],
  ['shrimp', 'CRUSTACEANS'],
  ['lupin flour', 'LUPIN'],
  ['celery salt', 'CELERY'],
  ['chopped nuts', 'PEANUTS? TREE_NUTS?'],
  ['chopped nuts (almonds)', 'PEANUTS? TREE_NUTS'],
  ['pine nuts', 'TREE_NUTS?'],
  ['nut-free granola', 'GLUTEN MILK?'],
  ['gluten-free spaghetti', ''],
  ['dairy-free yoghurt', 'SOYBEANS? TREE_NUTS?'],
  ['peanut oil or other frying oil', 'PEANUTS'],
  ['sunflower oil or peanut oil', 'PEANUTS?'],
  ['peanuts (optional)', 'PEANUTS?'],
])('%s: %s', (line, allergens) => {
  expect(found(line)).toBe(allergens);
});

test('a food that is not known may hold any allergen', () => {
  expect(findAllergens([{ text: '100 g 花生' }]).map(finding => finding.certainty)).toEqual(
    Array(14).fill('MAY_CONTAIN'),
  );
});

test('a finding names the lines that say so, the certain ones before the possible', () => {
  expect(findAllergens([{ text: '1 egg' }, { text: 'mayo (optional)' }, { text: '2 egg yolks' }])).toContainEqual({
    allergen: 'EGGS',
    certainty: 'CONTAINS',
    because: ['1 egg', '2 egg yolks'],
  });
});

describe('the hand-checked peanut labels', () => {
  const jsonLines = (file: string): Record<string, unknown>[] =>
    readFileSync(new URL(`../../../../dev-env/data/${file}`, import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
  const recipes = new Map(jsonLines('recipes.jsonl').map(recipe => [recipe.url, recipe]));
  const judged = jsonLines('diet-labels.jsonl').map(label => {
    const lines = (recipes.get(label.url)?.recipeIngredient as string[]).map(text => ({ text }));
    const certainty = findAllergens(lines).find(({ allergen }) => allergen === 'PEANUTS')?.certainty;
    const answer = certainty === undefined ? 'no' : certainty === 'CONTAINS' ? 'yes' : 'possible';
    return { name: label.name, label: label.peanut, answer };
  });

  test('no recipe with peanuts is called free of them', () => {
    expect(judged.filter(({ label, answer }) => label !== 'no' && answer === 'no')).toEqual([]);
  });

  test('at least 62 of 66 answers are the same', () => {
    expect(judged.filter(({ label, answer }) => label === answer).length).toBeGreaterThanOrEqual(62);
  });
});
