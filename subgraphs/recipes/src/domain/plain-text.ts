import { composedText } from '@mealprep360/contracts/composed-text';
import { decodeHTML } from 'entities';

const CONTROLS = /(?![\n\t])[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
const DROPPED_WITH_CONTENT = /<(?:(script|style|template|iframe|svg|noscript)\b[^<>]*>|!--)/gi;
const LINE_BREAKING = /<\/?(?:p|br|div|li|ul|ol|tr|table|h[1-6]|section|article|blockquote|hr)\b[^<>]*>/gi;
// Only names of HTML elements: "<1 litre" and "<your favourite cheese>" are text.
const OTHER_TAG =
  /<\/?(?:a|abbr|audio|b|base|big|body|button|canvas|center|cite|code|dd|del|dl|dt|em|embed|figcaption|figure|font|footer|form|frame|frameset|head|header|html|i|iframe|img|input|ins|kbd|label|link|main|mark|math|meta|nav|noscript|object|option|picture|pre|q|s|script|select|small|source|span|strike|strong|style|sub|sup|svg|tbody|td|template|textarea|tfoot|th|thead|time|title|tt|u|var|video|wbr)\b[^<>]*>/gi;

/** Cuts comments, scripts and the like out with their content, in time linear in the text. */
function withoutHiddenContent(text: string): string {
  // Letter by letter, so that positions stay the same (İ in lower case is two characters long).
  const lower = text.replace(/[A-Z]+/g, letters => letters.toLowerCase());
  let kept = '';
  let position = 0;
  for (const opening of text.matchAll(DROPPED_WITH_CONTENT)) {
    if (opening.index < position) continue;
    const close = lower.indexOf(opening[1] === undefined ? '-->' : `</${opening[1].toLowerCase()}`, opening.index);
    if (close < 0) break;
    kept += text.slice(position, opening.index);
    position = lower.indexOf('>', close) + 1 || lower.length;
  }
  return kept + text.slice(position);
}

const MAX_ROUNDS = 20;

/** Text without HTML markup: elements that break a line become a line break, others vanish, scripts with their content. */
function withoutMarkup(text: string): string {
  let current = text;
  // Taking one tag out can make another of what was around it, so once is not enough.
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const stripped = withoutHiddenContent(current).replace(LINE_BREAKING, '\n').replace(OTHER_TAG, '');
    if (stripped === current) return current;
    current = stripped;
  }
  return current.replaceAll('<', '');
}

/**
 * Plain text as it is stored: composed Unicode without HTML markup, control characters, invisible direction marks or
 * broken surrogates; single spaces, at most one empty line in a row. Applied twice it changes nothing more.
 */
export function plainText(text: string): string {
  const tidy = composedText(withoutMarkup(text.toWellFormed().replace(/\r\n?/g, '\n').replace(CONTROLS, '')));
  return tidy
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The same on one line, for titles, names and ingredient lines. */
export function plainLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ');
}

/** Plain text from text that carries HTML entities and tags, as JSON-LD in pages does. */
export function textFromHtml(html: string): string {
  return plainText(decodeHTML(plainText(html)));
}

/** What `textFromHtml` reads as this text again. */
export function htmlFromText(text: string): string {
  return text.replaceAll('&', '&amp;');
}
