import type { HtmlElement } from './html.ts';

/** What a reader sees as one line of a page: a heading with its level, an item of a list, or other text. */
export interface Block {
  kind: 'heading' | 'item' | 'text';
  /** 1 to 6 of a heading, else 7 */
  level: number;
  text: string;
}

const UNSEEN = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'svg',
  'iframe',
  'select',
  'button',
  'head',
  'title',
]);
const ASIDE = new Set(['nav', 'footer']);
const BREAKING = new Set(
  'address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);
const SPACING = new Set(['td', 'th', 'option', 'label']);

/** How much reading is left: parts of a page that lie in each other are read several times, but not without end. */
export interface Budget {
  left: number;
}

export const fullBudget = (): Budget => ({ left: 10_000_000 });

/**
 * The lines of an element in the order of the page, without menus, footers and what is not shown; what is beyond the
 * budget is left out.
 */
export function blocksOf(root: HtmlElement, budget: Budget): Block[] {
  const blocks: Block[] = [];
  let kind: Block['kind'] = 'text';
  let level = 7;
  let text = '';
  const flush = (): void => {
    const line = text.replace(/\s+/g, ' ').trim();
    if (line !== '') blocks.push({ kind, level, text: line });
    text = '';
  };
  const visit = (element: HtmlElement): void => {
    budget.left -= 1;
    if (budget.left < 0 || UNSEEN.has(element.tag) || ASIDE.has(element.tag)) return;
    const breaks = BREAKING.has(element.tag);
    if (breaks) flush();
    if (SPACING.has(element.tag)) text += ' ';
    const [outerKind, outerLevel] = [kind, level];
    if (/^h[1-6]$/.test(element.tag)) [kind, level] = ['heading', Number(element.tag[1])];
    else if (element.tag === 'li') kind = 'item';
    for (const child of element.children) {
      if (typeof child === 'string') {
        budget.left -= child.length;
        text += child;
      } else {
        visit(child);
      }
    }
    if (breaks) flush();
    [kind, level] = [outerKind, outerLevel];
  };
  visit(root);
  flush();
  return blocks;
}

/** The lines of an element: of its list's items where it has a list, else all of them. */
export function linesOf(root: HtmlElement, budget: Budget): string[] {
  const blocks = blocksOf(root, budget);
  const items = blocks.filter(block => block.kind === 'item');
  return (items.length > 0 ? items : blocks).map(block => block.text);
}
