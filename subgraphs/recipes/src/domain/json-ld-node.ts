import { textFromHtml } from './plain-text.ts';

/** An object of JSON-LD whose keys are schema.org's terms. */
export type JsonLdNode = Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is JsonLdNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON-LD writes one value or a list of values; both are a list here. Nothing and null are an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The types of a node without their namespace: Recipe for "https://schema.org/Recipe", "schema:Recipe" and "Recipe". */
function typesOf(node: JsonLdNode): string[] {
  return listOf(node['@type'])
    .filter(type => typeof type === 'string')
    .map(type => type.slice(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':'), type.lastIndexOf('#')) + 1));
}

export const isOfType = (node: JsonLdNode, type: string): boolean => typesOf(node).includes(type);

// Longer than any text that is let in, so that what is too long is still seen to be.
const MAX_TEXT = 20_000;

const MAX_DEPTH = 8;

/** A value as plain text: strings, numbers, language-tagged values ({"@value"}) and the first of a list. */
export const textOf = (value: unknown): string | null => textAt(value, 0);

function textAt(value: unknown, depth: number): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return textFromHtml(value.slice(0, MAX_TEXT)) || null;
  if (depth === MAX_DEPTH) return null;
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) {
      const text = textAt(item, depth + 1);
      if (text !== null) return text;
    }
    return null;
  }
  return isNode(value) && '@value' in value ? textAt(value['@value'], depth + 1) : null;
}
