import { fault, type UserError } from '@mealprep360/service/fault';
import { recipesFromScripts } from '../json-ld.ts';
import { listOf, textOf, type JsonLdNode } from '../json-ld-node.ts';
import { minutesOf, durationOf } from '../duration.ts';
import { elementsOf, rawTextOf, readHtml, type HtmlElement } from './html.ts';
import { markedUpRecipes } from './marked-up.ts';
import { writtenRecipe } from './written.ts';

/**
 * The recipe of a page, as a node of JSON-LD: what its JSON-LD says, else its microdata, RDFa or microformats; what
 * these lack is taken from the words on the page, with a warning for each part. `pageAddress`: where the page is from,
 * if that is known. Throws a Fault TOO_LARGE or NO_RECIPE.
 */
export function recipeFromPage(
  html: string,
  pageAddress: string | null = null,
): { node: JsonLdNode; warnings: UserError[] } {
  const root = readHtml(html);
  const elements = elementsOf(root);
  const found = recipesFromScripts(elements.filter(isJsonLd).slice(0, MAX_SCRIPTS).map(rawTextOf));
  const structured = fullest(found.length > 0 ? found : markedUpRecipes(elements, pageAddress));
  const written = writtenRecipe(root, elements, pageAddress);
  if (structured === undefined && !(isGiven(written.recipeIngredient) && isGiven(written.recipeInstructions))) {
    throw fault(
      'NO_RECIPE',
      'There is no recipe on this page: looked for JSON-LD, microdata, RDFa and microformats of a Recipe, and for ' +
        'headings such as “Ingredients” and “Method” with lists below them.',
    );
  }
  return completed(structured ?? { '@type': 'Recipe' }, written);
}

const MAX_SCRIPTS = 100;

const isJsonLd = ({ tag, attributes }: HtmlElement): boolean =>
  tag === 'script' && /^\s*application\/ld\+json\b/i.test(attributes.type ?? '');

const isGiven = (value: unknown): boolean =>
  listOf(value).some(item => (typeof item === 'object' && item !== null) || textOf(item) !== null);

const PARTS = {
  name: ['name', 'headline'],
  description: ['description'],
  image: ['image'],
  url: ['url'],
  recipeIngredient: ['recipeIngredient', 'ingredients'],
  recipeInstructions: ['recipeInstructions'],
  recipeYield: ['recipeYield', 'yield'],
  prepTime: ['prepTime'],
  cookTime: ['cookTime', 'performTime'],
  totalTime: ['totalTime'],
} as const;

type Part = keyof typeof PARTS;

const has = (node: JsonLdNode, part: Part): boolean => PARTS[part].some(key => isGiven(node[key]));

/** Of several recipes on a page the first that has ingredients and steps; teasers of others have neither. */
function fullest(recipes: readonly JsonLdNode[]): JsonLdNode | undefined {
  const count = (node: JsonLdNode) => Number(has(node, 'recipeIngredient')) + Number(has(node, 'recipeInstructions'));
  return [2, 1, 0].map(wanted => recipes.find(node => count(node) === wanted)).find(node => node !== undefined);
}

function completed(structured: JsonLdNode, written: JsonLdNode): { node: JsonLdNode; warnings: UserError[] } {
  const timed = withTotal(structured, written);
  const missing = (Object.keys(PARTS) as Part[]).filter(part => !has(structured, part) && isGiven(timed[part]));
  const node = { ...structured, ...Object.fromEntries(missing.map(part => [part, timed[part]])) };
  const warnings = missing
    .filter(part => part !== 'url')
    .map(part => ({
      code: 'TAKEN_FROM_PAGE',
      message: `The page's recipe data does not say this; it was taken from the words on the page.`,
      path: [part],
    }));
  return { node, warnings };
}

/** A page that names both of its times in words means their sum when it names no other. */
function withTotal(structured: JsonLdNode, written: JsonLdNode): JsonLdNode {
  const [prep, cook] = [written.prepTime, written.cookTime].map(time =>
    typeof time === 'string' ? minutesOf(time) : null,
  );
  const isTimed = has(structured, 'prepTime') || has(structured, 'cookTime') || has(structured, 'totalTime');
  if (isTimed || isGiven(written.totalTime) || prep == null || cook == null) return written;
  return { ...written, totalTime: durationOf(prep + cook) };
}
