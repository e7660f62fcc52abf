import { Fault } from '@mealprep360/service/fault';
import { parseLines } from '@mealprep360/quantity/parse-line';
import { parseYield } from '@mealprep360/quantity/yield';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { suitableForDiet } from '../diets.ts';
import { minutesOf } from '../duration.ts';
import { readRecipe } from '../json-ld.ts';
import { recipeFromPage } from './recipe-page.ts';

const pages = new URL('../../../../../dev-env/data/pages/', import.meta.url);

interface Expected {
  name: string;
  nameAccept?: string[];
  recipeIngredient: string[];
  steps: string[];
  stepsExact?: boolean;
  sections?: string[];
  servings: number;
  prepMinutes: number | null;
  cookMinutes: number | null;
  totalMinutes: number | null;
  author?: string;
  nutrition?: Record<string, number>;
  diet?: string[];
}

const imported = (html: string, address: string | null = null) => {
  const { node, warnings } = recipeFromPage(html, address);
  const read = readRecipe(node);
  return { recipe: read.recipe, warnings: [...warnings, ...read.warnings] };
};

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
  return 'none';
};

const straight = (text: string) => text.replaceAll(/[‘’]/g, "'");
const squeezed = (text: string) => straight(text).replaceAll(/\s+/g, '');

describe('a page', () => {
  test.each(readdirSync(pages).filter(name => name.endsWith('.html')))('%s gives all that is expected of it', name => {
    const html = readFileSync(new URL(name, pages), 'utf8');
    const file = new URL(name.replace('.html', '.expected.json'), pages);
    const { expected } = JSON.parse(readFileSync(file, 'utf8')) as { expected: Expected };
    const { recipe } = imported(html);
    expect(expected.nameAccept ?? [expected.name]).toContain(recipe.title);
    expect(recipe.recipeIngredient).toEqual(expected.recipeIngredient);
    const steps = recipe.recipeInstructions.flatMap(section => section.steps.map(step => straight(step.text)));
    if (expected.stepsExact === false) expect(squeezed(steps.join(''))).toBe(squeezed(expected.steps.join('')));
    else expect(steps).toEqual(expected.steps.map(straight));
    if (expected.sections) expect(recipe.recipeInstructions.map(section => section.name)).toEqual(expected.sections);
    expect(parseYield(recipe.recipeYield)?.value).toBe(expected.servings);
    expect([recipe.prepTime, recipe.cookTime, recipe.totalTime].map(time => time && minutesOf(time))).toEqual([
      expected.prepMinutes,
      expected.cookMinutes,
      expected.totalMinutes,
    ]);
    if (expected.author) expect(recipe.creditText).toBe(expected.author);
    if (expected.nutrition) expect(recipe.nutrition).toMatchObject(expected.nutrition);
    const diets = suitableForDiet(parseLines(recipe.recipeIngredient), recipe.title);
    expect(diets).toEqual(expect.arrayContaining(expected.diet ?? []));
  });

  it('says which parts it took from the words, because its data lacked them', () => {
    const html = readFileSync(new URL('02-captured-myplate-graph-wrong-durations.html', pages), 'utf8');
    const said = imported(html).warnings.map(({ code, path }) => `${code} ${path?.join('.') ?? ''}`);
    expect(said).toEqual(
      expect.arrayContaining([
        'TAKEN_FROM_PAGE recipeIngredient',
        'TAKEN_FROM_PAGE recipeInstructions',
        'DURATION_REPAIRED prepTime',
      ]),
    );
  });
});

describe('a page without JSON-LD', () => {
  const soup = { title: 'Soup', recipeIngredient: ['1 l water', '2 leeks'] };

  it('is read by its microdata, with what lies in it and addresses made whole', () => {
    const { recipe } = imported(
      `<div itemscope itemtype="https://schema.org/Recipe"><h1 itemprop="name">Soup</h1><img itemprop="image" src="/soup.jpg">
       <span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ana</b></span>
       <meta itemprop="cookTime" content="PT20M"><ul itemprop="ingredients"><li>1 l water<li>2 leeks</ul>
       <div itemprop="nutrition" itemscope itemtype="https://schema.org/NutritionInformation"><i itemprop="calories">90 kcal</i></div>
       <p itemprop="recipeInstructions">Boil.<p itemprop="recipeInstructions">Eat.</div>`,
      'https://example.org/soup',
    );
    expect(recipe).toMatchObject({
      ...soup,
      image: ['https://example.org/soup.jpg'],
      creditText: 'Ana',
      cookTime: 'PT20M',
      nutrition: { calories: 90 },
      sourceUrl: 'https://example.org/soup',
    });
    expect(recipe.recipeInstructions).toEqual([
      {
        name: null,
        steps: [
          { text: 'Boil.', image: null },
          { text: 'Eat.', image: null },
        ],
      },
    ]);
  });

  it('is read by RDFa', () => {
    const { recipe } = imported(
      `<div vocab="https://schema.org/" typeof="Recipe"><h1 property="name">Soup</h1><ul><li property="recipeIngredient">1 l water
       <li property="recipeIngredient">2 leeks</ul><div property="recipeInstructions">Boil.<br>Eat.</div></div>`,
    );
    expect(recipe).toMatchObject(soup);
    expect(recipe.recipeInstructions[0]?.steps).toHaveLength(2);
  });

  it('is read by microformats', () => {
    const { recipe } = imported(
      `<article class="h-recipe"><h1 class="p-name">Soup</h1><ul><li class="p-ingredient">1 l water<li class="p-ingredient">2 leeks</ul>
       <div class="e-instructions"><ol><li>Boil.<li>Eat.</ol></div><time class="dt-duration" datetime="PT30M">half an hour</time></article>`,
    );
    expect(recipe).toMatchObject({ ...soup, totalTime: 'PT30M' });
  });

  it('is read by its headings, sections and labels', () => {
    const { recipe, warnings } = imported(
      `<title>Soup | Site</title><nav><li>Ingredients</nav><h1>Soup</h1><p>Preparation time<br>10 to 15 mins<p>Cooking: 1 hour<p>Serves 4
       <h2>Ingredients</h2><ul><li>1 l water<li>2 leeks</ul><h3>For the top</h3><ul><li>1 tbsp chives</ul>
       <h2>Method</h2><h3>Soup</h3><ol><li>Boil.<li>Stir.</ol><h3>Top</h3><ol><li>Strew.</ol><h2>Comments</h2><ol><li>Nice!</ol>`,
    );
    expect(recipe).toMatchObject({
      title: 'Soup',
      recipeYield: 'Serves 4',
      prepTime: 'PT15M',
      cookTime: 'PT1H',
      totalTime: 'PT1H15M',
      recipeIngredient: ['1 l water', '2 leeks', 'For the top:', '1 tbsp chives'],
    });
    expect(recipe.recipeInstructions).toMatchObject([
      { name: 'Soup', steps: [{ text: 'Boil.' }, { text: 'Stir.' }] },
      { name: 'Top', steps: [{ text: 'Strew.' }] },
    ]);
    expect(warnings.map(({ code }) => code)).toContain('TAKEN_FROM_PAGE');
  });

  it('and without a recipe is refused by saying what was looked for', () => {
    expect(codeOf(() => imported('<h1>News</h1><p>Nothing to eat.'))).toBe('NO_RECIPE');
    expect(() => imported('')).toThrow(/JSON-LD, microdata, RDFa and microformats.*“Ingredients”/);
  });
});

describe('a page of several recipes', () => {
  it('gives the one that is whole, not the teasers', () => {
    const ld = (recipe: object) => `<script type="application/ld+json">${JSON.stringify(recipe)}</script>`;
    const teaser = { '@type': 'Recipe', name: 'Teaser' };
    const whole = { '@type': 'Recipe', name: 'Soup', recipeIngredient: ['1 egg'], recipeInstructions: 'Boil.' };
    expect(imported(`${ld(teaser)}<script type="application/ld+json">{broken</script>${ld(whole)}`).recipe.title).toBe(
      'Soup',
    );
  });
});
