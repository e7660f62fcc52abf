import { fault } from '@mealprep360/service/fault';
import { Parser } from 'htmlparser2';

export interface HtmlElement {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  children: (HtmlElement | string)[];
}

const MAX_LENGTH = 2_000_000;
const MAX_DEPTH = 512;
const MAX_ELEMENTS = 200_000;

/**
 * The elements of a page, however broken its markup. Throws a Fault TOO_LARGE for more than 2,000,000 characters, or
 * more or deeper elements than a page of people has (browsers stop at a depth of 512 as well).
 */
export function readHtml(html: string): HtmlElement {
  if (html.length > MAX_LENGTH) {
    throw fault('TOO_LARGE', `A page has at most ${MAX_LENGTH} characters; this has ${html.length}.`);
  }
  const root: HtmlElement = { tag: '', attributes: {}, children: [] };
  const open = [root];
  let elements = 0;
  const parser = new Parser({
    onopentag: (tag, attributes) => {
      elements += 1;
      if (open.length > MAX_DEPTH || elements > MAX_ELEMENTS) {
        throw fault('TOO_LARGE', `A page has at most ${MAX_ELEMENTS} elements, ${MAX_DEPTH} deep.`);
      }
      const element = { tag, attributes, children: [] };
      open.at(-1)?.children.push(element);
      open.push(element);
    },
    ontext: text => void open.at(-1)?.children.push(text),
    onclosetag: () => void open.pop(),
  });
  parser.end(html);
  return root;
}

/** All elements below this one in the order of the page; those that `within` refuses are left out with their content. */
export function elementsOf(root: HtmlElement, within: (element: HtmlElement) => boolean = () => true): HtmlElement[] {
  const found: HtmlElement[] = [];
  const visit = (element: HtmlElement): void => {
    for (const child of element.children) {
      if (typeof child === 'string' || !within(child)) continue;
      found.push(child);
      visit(child);
    }
  };
  visit(root);
  return found;
}

/** The text in an element as it stands in the source: what scripts are read with. */
export const rawTextOf = (element: HtmlElement): string =>
  element.children.map(child => (typeof child === 'string' ? child : rawTextOf(child))).join('');

/** An address in a page, made whole by the address of the page where that is known. */
export function addressIn(written: string, pageAddress: string | null): string {
  return pageAddress !== null && URL.canParse(written, pageAddress) ? new URL(written, pageAddress).href : written;
}
