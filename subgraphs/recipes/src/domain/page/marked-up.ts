import type { JsonLdNode } from '../json-ld-node.ts';
import { blocksOf, fullBudget, linesOf, type Budget } from './blocks.ts';
import { addressIn, elementsOf, type HtmlElement } from './html.ts';

/** One way of saying in a page's markup what its parts mean. */
interface Vocabulary {
  /** the types of the thing that begins with this element; null where none begins */
  typesOf: (element: HtmlElement) => readonly string[] | null;
  /** what this element says of the thing it stands in, in schema.org's terms */
  propertiesOf: (element: HtmlElement) => readonly string[];
}

const words = (written: string | undefined): string[] => (written ?? '').split(/\s+/).filter(word => word !== '');

const term = (written: string): string =>
  written.slice(Math.max(...['/', '#', ':'].map(end => written.lastIndexOf(end))) + 1);

const microdata: Vocabulary = {
  typesOf: ({ attributes }) => ('itemscope' in attributes ? words(attributes.itemtype).map(term) : null),
  propertiesOf: ({ attributes }) => words(attributes.itemprop).map(term),
};

const rdfa: Vocabulary = {
  typesOf: ({ attributes }) => ('typeof' in attributes ? words(attributes.typeof).map(term) : null),
  propertiesOf: ({ attributes }) => words(attributes.property).map(term),
};

// h-recipe and its forerunner hRecipe.
const CLASS_TYPES: Readonly<Record<string, string>> = { 'h-recipe': 'Recipe', hrecipe: 'Recipe', 'h-card': 'Person' };
const CLASS_PROPERTIES: Readonly<Record<string, string>> = {
  ...{ 'p-name': 'name', fn: 'name', 'p-summary': 'description', summary: 'description' },
  ...{ 'p-ingredient': 'recipeIngredient', ingredient: 'recipeIngredient' },
  ...{ 'e-instructions': 'recipeInstructions', instructions: 'recipeInstructions' },
  ...{ 'p-yield': 'recipeYield', yield: 'recipeYield', 'u-photo': 'image', photo: 'image' },
  ...{ 'dt-duration': 'totalTime', duration: 'totalTime', preptime: 'prepTime', cooktime: 'cookTime' },
  ...{ 'p-author': 'author', author: 'author', 'p-category': 'keywords', 'u-url': 'url' },
};

const microformats: Vocabulary = {
  typesOf: ({ attributes }) => {
    const types = words(attributes.class).flatMap(name => CLASS_TYPES[name] ?? []);
    return types.length > 0 ? types : null;
  },
  propertiesOf: ({ attributes }) => words(attributes.class).flatMap(name => CLASS_PROPERTIES[name.toLowerCase()] ?? []),
};

const VOCABULARIES = [microdata, rdfa, microformats];

const isRecipe = (types: readonly string[] | null) => types?.includes('Recipe') ?? false;

/**
 * The recipes that a page marks up by microdata, RDFa or microformats, as nodes of JSON-LD: of the first of the three
 * that has any.
 */
export function markedUpRecipes(elements: readonly HtmlElement[], pageAddress: string | null): JsonLdNode[] {
  const budget = fullBudget();
  for (const vocabulary of VOCABULARIES) {
    const roots = elements.filter(element => isRecipe(vocabulary.typesOf(element)));
    if (roots.length > 0) return roots.slice(0, 100).map(root => nodeOf(root, { vocabulary, pageAddress, budget }, 0));
  }
  return [];
}

const MAX_NESTED = 8;

interface Reading {
  vocabulary: Vocabulary;
  pageAddress: string | null;
  budget: Budget;
}

function nodeOf(root: HtmlElement, reading: Reading, depth: number): JsonLdNode {
  const { vocabulary } = reading;
  const node: Record<string, unknown[]> = {};
  const add = (element: HtmlElement, value: unknown[]): void => {
    for (const property of vocabulary.propertiesOf(element)) {
      // A page may name a property as it likes, also as one that every object has.
      if (Object.hasOwn(node, property)) node[property]?.push(...value);
      else Object.defineProperty(node, property, { value: [...value], enumerable: true });
    }
  };
  const inside = elementsOf(root, element => vocabulary.typesOf(element) === null);
  const nested = [root, ...inside].flatMap(element =>
    element.children.filter(child => typeof child !== 'string' && vocabulary.typesOf(child) !== null),
  );
  for (const element of inside) {
    const [property] = vocabulary.propertiesOf(element);
    if (property !== undefined) add(element, valuesOf(element, property, reading));
  }
  for (const scope of nested) {
    if (typeof scope === 'string' || depth >= MAX_NESTED) continue;
    if (vocabulary.propertiesOf(scope).length > 0) add(scope, [nodeOf(scope, reading, depth + 1)]);
  }
  return { ...node, '@type': [...(vocabulary.typesOf(root) ?? [])] };
}

const LISTS = ['recipeIngredient', 'ingredients', 'recipeInstructions'];
const ADDRESSES = ['image', 'url', 'license', 'photo'];

function valuesOf(element: HtmlElement, property: string, { pageAddress, budget }: Reading): string[] {
  const { attributes } = element;
  const given = attributes.content ?? attributes.datetime ?? (element.tag === 'data' ? attributes.value : undefined);
  if (given !== undefined) return [given];
  if (LISTS.includes(property)) return linesOf(element, budget);
  const address = attributes.src ?? attributes.href ?? attributes.resource;
  if (ADDRESSES.includes(property) && address !== undefined) return [addressIn(address, pageAddress)];
  return [
    blocksOf(element, budget)
      .map(block => block.text)
      .join('\n'),
  ];
}
