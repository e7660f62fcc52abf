import { isNode, isOfType, listOf, textOf, type JsonLdNode } from './json-ld-node.ts';
import { textFromHtml } from './plain-text.ts';
import type { RecipeDraft } from './recipe-draft.ts';

type Section = RecipeDraft['recipeInstructions'][number];
type Step = Section['steps'][number];

/** Reads the first picture of a step. */
type ReadImage = (value: unknown, path: string[]) => string | null;

const MAX_DEPTH = 8;
const MAX_LENGTH = 200_000;

/**
 * The sections and steps of schema.org recipeInstructions in any of the shapes of real pages: one text, a list of
 * texts, HowToSteps, HowToSections with either, ItemLists. Steps outside a section make a section without a name.
 */
export function instructionsOf(value: unknown, readImage: ReadImage): Section[] {
  return grouped(partsOf(value, readImage, ['recipeInstructions'], 0));
}

type Part = Section | Step;

const isSection = (part: Part): part is Section => 'steps' in part;

function grouped(parts: readonly Part[]): Section[] {
  const sections: Section[] = [];
  let loose: Section | null = null;
  for (const part of parts) {
    if (isSection(part)) {
      loose = null;
      sections.push(part);
    } else {
      if (loose === null) sections.push((loose = { name: null, steps: [] }));
      loose.steps.push(part);
    }
  }
  return sections.filter(section => section.steps.length > 0);
}

function partsOf(value: unknown, readImage: ReadImage, path: string[], depth: number): Part[] {
  if (depth > MAX_DEPTH) return [];
  if (typeof value === 'string') return stepsInText(value);
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) =>
      typeof item === 'string'
        ? oneStep(textOf(item), null)
        : partsOf(item, readImage, [...path, String(index)], depth + 1),
    );
  }
  return isNode(value) ? partsOfNode(value, readImage, path, depth) : [];
}

function partsOfNode(node: JsonLdNode, readImage: ReadImage, path: string[], depth: number): Part[] {
  const inner = node.itemListElement ?? node.steps;
  if (isOfType(node, 'HowToSection')) {
    const parts = partsOf(inner ?? node.text, readImage, [...path, 'itemListElement'], depth + 1);
    const steps = parts.flatMap(part => (isSection(part) ? part.steps : [part]));
    return [{ name: textOf(node.name), steps }];
  }
  const image = listOf(node.image).length > 0 ? readImage(node.image, [...path, 'image']) : null;
  const written = textOf(node.text) ?? (inner === undefined ? (textOf(node.name) ?? textOf(node.description)) : null);
  if (written !== null) return oneStep(written, image);
  if (isNode(node.item)) return partsOf(node.item, readImage, [...path, 'item'], depth + 1);
  const parts = partsOf(inner, readImage, [...path, 'itemListElement'], depth + 1);
  if (!isOfType(node, 'HowToStep')) return parts;
  // A step of several directions is one step.
  const text = parts.flatMap(part => (isSection(part) ? part.steps : [part])).map(step => step.text);
  return text.length === 0 ? [] : [{ text: text.join('\n'), image }];
}

const oneStep = (text: string | null, image: string | null): Step[] => (text === null ? [] : [{ text, image }]);

const NUMBERED = /^(?:step\s*)?(\d{1,3})\s*[.):]\s+/i;

/** One text is as many steps as it has lines; without line breaks, as sentences that lost the space between them. */
function stepsInText(written: string): Step[] {
  const text = textFromHtml(written.slice(0, MAX_LENGTH));
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  const parts = lines.length > 1 ? lines : text.split(/(?<=\p{Lowercase}[.!?])(?=\p{Uppercase})/u);
  const isNumbered = parts.length > 1 && parts.every((part, index) => NUMBERED.exec(part)?.[1] === String(index + 1));
  return parts.flatMap(part => oneStep((isNumbered ? part.replace(NUMBERED, '') : part).trim() || null, null));
}
