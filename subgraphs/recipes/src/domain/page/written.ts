import { repairDuration } from '../duration.ts';
import type { JsonLdNode } from '../json-ld-node.ts';
import { blocksOf, fullBudget, type Block } from './blocks.ts';
import { addressIn, rawTextOf, type HtmlElement } from './html.ts';

// What a page says of a recipe in words for people alone, as a node of JSON-LD: what machines were not told.

const INGREDIENTS =
  /^(?:the )?(?:recipe )?ingredients?(?: list)?(?: for\b.{0,60})?:?$|^(?:what )?you(?:['’]ll| will)? need:?$/i;
const METHOD =
  /^(?:the )?(?:recipe )?(?:method|directions?|instructions?|preparation|steps|procedure|how to (?:make|cook|prepare)\b.{0,60})(?: steps)?:?$/i;

/** The recipe that stands in the page's own words; without the parts that it does not name. */
export function writtenRecipe(
  root: HtmlElement,
  elements: readonly HtmlElement[],
  pageAddress: string | null,
): JsonLdNode {
  const blocks = blocksOf(root, fullBudget());
  return withoutGaps({
    name: titleOf(blocks, elements),
    description: metaOf(elements, 'og:description') ?? metaOf(elements, 'description'),
    image: whole(metaOf(elements, 'og:image'), pageAddress),
    url: canonicalOf(elements, pageAddress),
    recipeIngredient: sectionOf(blocks, INGREDIENTS).flatMap(({ name, lines: own }) => [
      ...(name === null ? [] : [name.replace(/:?$/, ':')]),
      ...own,
    ]),
    recipeInstructions: stepsOf(sectionOf(blocks, METHOD)),
    recipeYield: labelled(blocks, YIELD)[0] ?? null,
    prepTime: timeAfter(blocks, PREP),
    cookTime: timeAfter(blocks, COOK),
    totalTime: timeAfter(blocks, TOTAL),
  });
}

const withoutGaps = (node: JsonLdNode): JsonLdNode =>
  Object.fromEntries(
    Object.entries(node).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );

function titleOf(blocks: readonly Block[], elements: readonly HtmlElement[]): string | null {
  const heading = blocks.find(block => block.level === 1)?.text;
  const title = elements.find(element => element.tag === 'title');
  return heading ?? metaOf(elements, 'og:title') ?? (title === undefined ? null : rawTextOf(title).trim() || null);
}

function metaOf(elements: readonly HtmlElement[], name: string): string | null {
  const isIt = ({ tag, attributes }: HtmlElement) =>
    tag === 'meta' && (attributes.property ?? attributes.name) === name;
  const content = elements.find(isIt)?.attributes.content?.trim() ?? '';
  return content === '' ? null : content;
}

function canonicalOf(elements: readonly HtmlElement[], pageAddress: string | null): string | null {
  const link = elements.find(({ tag, attributes }) => tag === 'link' && attributes.rel === 'canonical');
  return whole(link?.attributes.href ?? metaOf(elements, 'og:url'), pageAddress) ?? pageAddress;
}

const whole = (address: string | null | undefined, pageAddress: string | null): string | null =>
  address ? addressIn(address, pageAddress) : null;

interface Part {
  name: string | null;
  kind: Block['kind'];
  lines: string[];
}

const MAX_TRIES = 20;

/** What stands below a heading that `title` knows, by its subheadings: the items of its lists, or else its lines. */
function sectionOf(blocks: readonly Block[], title: RegExp): Part[] {
  for (const start of headingsOf(blocks, title).slice(0, MAX_TRIES)) {
    const parts = partsOf(blocks, start);
    if (parts.length > 0) return parts;
  }
  return [];
}

function partsOf(blocks: readonly Block[], start: number): Part[] {
  const level = blocks[start]?.level ?? 7;
  const end = blocks.findIndex((block, index) => index > start && endsSection(block, level));
  const inside = blocks.slice(start + 1, end < 0 ? undefined : end);
  const listed = inside.some(block => block.kind === 'item');
  let part: Part = { name: null, kind: 'text', lines: [] };
  const parts = [part];
  for (const block of inside) {
    if (block.kind === 'heading' || (listed && block.kind === 'text' && block.text.endsWith(':'))) {
      parts.push((part = { name: block.text, kind: 'text', lines: [] }));
    } else if (!listed || block.kind === 'item') {
      part.lines.push(block.text);
      part.kind = block.kind;
    }
  }
  return parts.filter(({ lines }) => lines.length > 0);
}

// A real heading comes before a line of text that only looks like one.
const headingsOf = (blocks: readonly Block[], title: RegExp): number[] =>
  blocks
    .flatMap((block, index) =>
      block.kind !== 'item' && block.text.length <= 80 && title.test(block.text) ? [index] : [],
    )
    .sort((a, b) => (blocks[a]?.level ?? 7) - (blocks[b]?.level ?? 7) || a - b);

const isTitle = (block: Block): boolean =>
  block.text.length <= 80 && (INGREDIENTS.test(block.text) || METHOD.test(block.text));

function endsSection(block: Block, level: number): boolean {
  if (block.kind === 'heading') return block.level <= level || isTitle(block);
  return block.kind === 'text' && isTitle(block);
}

/** Items are steps as they are; lines are one text, which may number its steps. */
function stepsOf(parts: readonly Part[]): unknown[] | string {
  const [only] = parts;
  const written = ({ kind, lines }: Part): string[] | string => (kind === 'item' ? lines : lines.join('\n'));
  if (only === undefined) return [];
  if (parts.length === 1 && only.name === null) return written(only);
  return parts.map(part => ({
    '@type': 'HowToSection',
    ...(part.name === null ? {} : { name: part.name.replace(/:$/, '') }),
    itemListElement: written(part),
  }));
}

const TIME = '(?=.{0,10}\\d)(.{1,40})';
const PREP = new RegExp(`^(?:active |hands[- ]on )?prep(?:aration|ping)?\\b(?: time)?\\s*[:–-]?\\s*${TIME}$`, 'i');
const COOK = new RegExp(`^(?:cook|bak)(?:e|ing)?\\b(?: time)?\\s*[:–-]?\\s*${TIME}$`, 'i');
const TOTAL = new RegExp(`^(?:total|ready in|all in|time needed)\\b(?: time)?\\s*[:–-]?\\s*${TIME}$`, 'i');
const YIELD = /^((?:serves|servings|makes|yields?|portions)\b\s*[:–-]?\s*(?=.{0,20}\d).{1,60})$/i;

/** What a label such as "Serves:" is followed by, on its line or on the next. */
function labelled(blocks: readonly Block[], label: RegExp): string[] {
  return blocks.flatMap(({ kind, text }, index) => {
    // "Bake 30 minutes" in a list is a step; with a colon it is a label.
    if (text.length > 80 || (kind === 'item' && !text.includes(':'))) return [];
    const next = /\d/.test(text) || text.length > 25 ? undefined : blocks[index + 1]?.text;
    const said = label.exec(text) ?? (next === undefined ? null : label.exec(`${text} ${next.slice(0, 80)}`));
    return said?.[1] === undefined ? [] : [said[1].trim()];
  });
}

/** The first time that can be read; of "15 to 20 minutes" the longer. */
const timeAfter = (blocks: readonly Block[], label: RegExp): string | null =>
  labelled(blocks, label)
    .map(written => repairDuration(written.replace(/\d+\s*(?:-|–|to)\s*(?=\d)/i, ''))?.duration)
    .find(duration => duration !== undefined) ?? null;
