import { fault, Fault, type UserError } from '@mealprep360/service/fault';
import type { JsonLdNode } from './domain/json-ld-node.ts';
import { recipesFromJsonLd } from './domain/json-ld.ts';
import { recipeFromPage } from './domain/page/recipe-page.ts';
import { fetchPage } from './fetch-page.ts';

interface Source {
  node: JsonLdNode;
  warnings: UserError[];
}

/** What an import is given: exactly one of these. */
interface Given {
  jsonLd?: string | null | undefined;
  html?: string | null | undefined;
  url?: URL | string | null | undefined;
}

/** Characters of a text that comes with the request, which the gateway takes up to 1 MiB of. */
const MAX_GIVEN = 900_000;

/** The recipe that an import is given, as a node of JSON-LD. Throws a Fault that names the input and what is wrong. */
export async function recipeSource({ jsonLd, html, url }: Given): Promise<Source> {
  const given = Object.entries({ jsonLd, html, url }).filter(([, value]) => value != null);
  const [name] = given[0] ?? [];
  if (name === undefined || given.length > 1) {
    throw fault('INVALID_INPUT', 'Give exactly one of jsonLd, html and url.', ['input']);
  }
  try {
    assertShort(jsonLd ?? html ?? '');
    if (jsonLd != null) return fromJsonLd(jsonLd);
    if (html != null) return recipeFromPage(html);
    return await fromAddress(String(url));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw at(error, ['input', name]);
  }
}

function assertShort({ length }: string): void {
  if (length <= MAX_GIVEN) return;
  const message = `A text has at most ${MAX_GIVEN} characters; this has ${length}. Give the page's url instead.`;
  throw fault('TOO_LARGE', message);
}

function fromJsonLd(text: string): Source {
  const [node = {}] = recipesFromJsonLd(text);
  return { node, warnings: [] };
}

async function fromAddress(url: string): Promise<Source> {
  const page = await fetchPage(url);
  if (!page.isJson) return recipeFromPage(page.text, page.address);
  const { node, warnings } = fromJsonLd(page.text);
  return { node: { ...node, url: node.url ?? page.address }, warnings };
}

const at = ({ userErrors: [first, ...others] }: Fault, path: string[]): Fault => {
  const placed = (error: UserError): UserError => ({ ...error, path: error.path ?? path });
  return first === undefined
    ? fault('INVALID_INPUT', 'The input is not valid.', path)
    : new Fault([placed(first), ...others.map(placed)]);
};
