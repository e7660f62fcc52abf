import { Fault, fault, type UserError } from '@mealprep360/service/fault';
import { instructionsOf } from './json-ld-instructions.ts';
import { isNode, isOfType, listOf, textOf, type JsonLdNode } from './json-ld-node.ts';
import * as values from './json-ld-values.ts';
import { plainLine } from './plain-text.ts';
import { MAX_IMAGES, MAX_KEYWORDS, MAX_NAME_LENGTH, MAX_NAMES, recipeDraft, type RecipeDraft } from './recipe-draft.ts';

const MAX_LENGTH = 2_000_000;
const MAX_DEPTH = 64;
const MAX_NODES = 100_000;
const MAX_RECIPES = 100;

/**
 * The Recipe objects in a text of JSON-LD, wherever they stand: alone, in lists, in @graph, below other objects, with
 * several types. Pictures given by @id are filled in. Throws a Fault TOO_LARGE, NOT_JSON or NO_RECIPE.
 */
export function recipesFromJsonLd(text: string): JsonLdNode[] {
  if (text.length > MAX_LENGTH) {
    throw fault('TOO_LARGE', `JSON-LD has at most ${MAX_LENGTH} characters; this has ${text.length}.`);
  }
  const document = parseJson(text);
  if (document === undefined) throw fault('NOT_JSON', 'This is not JSON, so no JSON-LD can be read from it.');
  const recipes = recipesIn([document]);
  if (recipes.length === 0) {
    throw fault('NO_RECIPE', 'There is no object whose "@type" is Recipe: looked in lists, @graph and all objects.');
  }
  return recipes;
}

/** The same in the scripts of a page: what one of them names by @id may stand in another; what is no JSON is no loss. */
export const recipesFromScripts = (scripts: readonly string[]): JsonLdNode[] => recipesIn(scripts.map(parseJson));

function recipesIn(documents: readonly unknown[]): JsonLdNode[] {
  const { recipes, byId } = findRecipes(documents);
  const filledIn = (part: unknown): unknown =>
    isNode(part) && part.url === undefined && part.name === undefined && typeof part['@id'] === 'string'
      ? (byId.get(part['@id']) ?? part)
      : part;
  return recipes.map(recipe => ({
    ...recipe,
    ...('image' in recipe ? { image: listOf(recipe.image).map(filledIn) } : {}),
    ...('author' in recipe ? { author: listOf(recipe.author).map(filledIn) } : {}),
  }));
}

/** JSON as pages hold it: in comments or CDATA, with raw line breaks in strings, with a comma too many; or undefined. */
function parseJson(text: string): unknown {
  // Cut from the end by hand: a pattern that looks for the end tries every place before it.
  const bare = ['-->', ']]>', '//', ';'].reduce(
    (rest, end) => (rest.endsWith(end) ? rest.slice(0, -end.length).trimEnd() : rest),
    text.replace(/^[\s\uFEFF]*(?:<!--|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)?/, '').trimEnd(),
  );
  const flat = bare.replace(/\p{Cc}/gu, ' ');
  for (const attempt of [bare, flat, flat.replace(/,(?=\s{0,100}[}\]])/g, '')]) {
    try {
      return JSON.parse(attempt) as unknown;
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    }
  }
  return undefined;
}

function findRecipes(root: unknown): { recipes: JsonLdNode[]; byId: Map<string, JsonLdNode> } {
  const recipes: JsonLdNode[] = [];
  const byId = new Map<string, JsonLdNode>();
  const waiting: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let seen = 0; waiting.length > 0 && seen < MAX_NODES; seen += 1) {
    const { value, depth } = waiting.pop() ?? { value: null, depth: 0 };
    if (isNode(value)) {
      if (typeof value['@id'] === 'string' && Object.keys(value).length > 1) byId.set(value['@id'], value);
      if (isOfType(value, 'Recipe') && recipes.length < MAX_RECIPES) recipes.push(value);
    }
    if (
      depth < MAX_DEPTH &&
      typeof value === 'object' &&
      value !== null &&
      !(isNode(value) && isOfType(value, 'Recipe'))
    ) {
      const inner: unknown[] = Object.values(value);
      // The last is taken first: in reverse, recipes come out in the order of the page.
      for (let index = inner.length - 1; index >= 0; index -= 1)
        waiting.push({ value: inner[index], depth: depth + 1 });
    }
  }
  return { recipes, byId };
}

/**
 * The content of a schema.org Recipe, cleaned and within the limits of every recipe; `warnings` say what the source
 * lacked or got wrong and what was assumed. Throws a Fault: TITLE_MISSING, or INVALID_RECIPE for each limit
 * that is passed.
 */
export function readRecipe(node: JsonLdNode): { recipe: RecipeDraft; warnings: UserError[] } {
  const { list: warnings, warn } = values.warnings();
  const title = values.lineOf(node.name) ?? values.lineOf(node.headline);
  if (title === null) throw fault('TITLE_MISSING', 'The recipe has no name.', ['name']);
  const written = {
    title: cut(title, 200, 'name', warn),
    description: withinText(textOf(node.description), warn),
    ...timesOf(node, warn),
    image: few(values.imagesOf(node.image, ['image'], warn), MAX_IMAGES, 'image', warn),
    recipeYield: values.yieldOf(node.recipeYield ?? node.yield),
    recipeIngredient: ingredientsOf(node.recipeIngredient ?? node.ingredients),
    recipeInstructions: instructionsOf(
      node.recipeInstructions,
      (image, path) => values.imagesOf(image, path, warn)[0] ?? null,
    ),
    recipeCategory: few(values.namesOf(node.recipeCategory), MAX_NAMES, 'recipeCategory', warn),
    recipeCuisine: few(values.namesOf(node.recipeCuisine), MAX_NAMES, 'recipeCuisine', warn),
    keywords: few(values.keywordsOf(node.keywords), MAX_KEYWORDS, 'keywords', warn),
    nutrition: values.nutritionOf(node.nutrition, ['nutrition'], warn),
    sourceUrl: sourceOf(node, warn),
    creditText: creditOf(node, warn),
    license: values.addressOf(listOf(node.license)[0], ['license'], warn),
    datePublished: values.timeOf(node.datePublished, ['datePublished'], warn),
  };
  if (written.recipeIngredient.length === 0) {
    warn('INGREDIENTS_MISSING', 'The source lists no ingredients.', ['recipeIngredient']);
  }
  if (written.recipeInstructions.length === 0) {
    warn('INSTRUCTIONS_MISSING', 'The source has no instructions.', ['recipeInstructions']);
  }
  return { recipe: withinLimits(written), warnings };
}

function timesOf(node: JsonLdNode, warn: values.Warn): Pick<RecipeDraft, 'prepTime' | 'cookTime' | 'totalTime'> {
  return {
    prepTime: values.durationFrom(node.prepTime, ['prepTime'], warn),
    cookTime: values.durationFrom(node.cookTime ?? node.performTime, ['cookTime'], warn),
    totalTime: values.durationFrom(node.totalTime, ['totalTime'], warn),
  };
}

function sourceOf(node: JsonLdNode, warn: values.Warn): string | null {
  const isReferred = isNode(node.mainEntityOfPage) || typeof node.mainEntityOfPage === 'string';
  const main = isReferred ? node.mainEntityOfPage : null;
  return values.addressOf(node.url ?? main ?? null, ['url'], warn);
}

/** Who wrote it, as the source says: one name or several with commas. */
function creditOf(node: JsonLdNode, warn: values.Warn): string | null {
  const names = values.namesOf(listOf(node.author)).join(', ');
  const credit = values.lineOf(node.creditText) ?? names;
  return credit === '' ? null : cut(credit, 200, 'creditText', warn);
}

/** Lines from a list of texts or objects, or from one text with a line for each. */
function ingredientsOf(value: unknown): string[] {
  const lines =
    typeof value === 'string'
      ? (textOf(value) ?? '').split('\n')
      : listOf(value).map(item => textOf(isNode(item) && !('@value' in item) ? (item.text ?? item.name) : item) ?? '');
  return lines.map(plainLine).filter(line => line !== '');
}

function cut(text: string, max: number, key: string, warn: values.Warn): string {
  if (text.length <= max) return text;
  warn('CUT_SHORT', `This has ${text.length} characters; the first ${max} were taken.`, [key]);
  return text
    .slice(0, max)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trim();
}

const withinText = (text: string | null, warn: values.Warn): string | null =>
  text === null ? null : cut(text, 10_000, 'description', warn);

function few(items: readonly string[], max: number, key: string, warn: values.Warn): string[] {
  const isName = key !== 'image';
  const short = isName ? items.filter(item => item.length <= MAX_NAME_LENGTH) : items;
  if (short.length < items.length)
    warn('CUT_SHORT', `What has more than ${MAX_NAME_LENGTH} characters was left out.`, [key]);
  if (short.length > max) warn('CUT_SHORT', `Of these ${short.length} the first ${max} were taken.`, [key]);
  return short.slice(0, max);
}

function withinLimits(written: unknown): RecipeDraft {
  const checked = recipeDraft.safeParse(written);
  if (checked.success) return checked.data;
  const issues = checked.error.issues.slice(0, 20).map(issue => ({
    code: 'INVALID_RECIPE',
    message: issue.message,
    path: issue.path.map(String),
  }));
  const [first = { code: 'INVALID_RECIPE', message: 'The recipe is not valid.', path: [] }, ...others] = issues;
  throw new Fault([first, ...others]);
}
