import { fault } from '@mealprep360/service/fault';
import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';

/**
 * The number of these rules. Raise it with every change of what they let through, also by a new version of a library:
 * posts rendered by other rules are rendered anew when they are read.
 */
export const RENDERING = 1;

const LINK = /^(?:https?:\/\/|mailto:)/i;
const MAX_OPENING = 200;
const MAX_HTML = 300_000;

const markdown = new MarkdownIt({ html: false, linkify: true, maxNesting: 20 });
// What may not be a link stays the text that it was written as.
markdown.validateLink = url => LINK.test(url.trim());
// Words like "notes.md" are no addresses: only what says its scheme becomes a link.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

// The second fence, behind a renderer that lets no raw HTML pass: only what is named here comes out.
const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li'],
    ...['strong', 'em', 's', 'a', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: { a: ['href', 'title', 'rel'], img: ['src', 'alt', 'title', 'loading'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowProtocolRelative: false,
  parseStyleAttributes: false,
  transformTags: {
    a: sanitizeHtml.simpleTransform('a', { rel: 'nofollow noopener' }),
    img: sanitizeHtml.simpleTransform('img', { loading: 'lazy' }),
  },
  // a picture whose address was taken away is no picture
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs['src'],
};

export interface RenderedPost {
  /**
   * Harmless in any page: CommonMark with tables, strikethrough and links. Raw HTML in the text is shown, never obeyed;
   * links are http, https or mailto with `rel="nofollow noopener"`, pictures http or https.
   */
  bodyHtml: string;
  /** the first 200 characters of its paragraphs as plain text, cut at a word; null when it has none */
  opening: string | null;
}

/**
 * Renders what an author wrote, in a time that grows with the length of the text and with nothing else. Throws a Fault
 * INVALID_INPUT for a text that says little and renders to much, as a table of empty cells does.
 */
export function renderPost(bodyMarkdown: string): RenderedPost {
  const env = {};
  const tokens = markdown.parse(bodyMarkdown, env);
  const html = markdown.renderer.render(tokens, markdown.options, env);
  if (html.length > MAX_HTML) {
    const message = `The text is too large once it is rendered: ${MAX_HTML} characters of HTML at most.`;
    throw fault('INVALID_INPUT', message, ['input', 'bodyMarkdown']);
  }
  return { bodyHtml: sanitizeHtml(html, allowed), opening: openingOf(tokens) };
}

function openingOf(tokens: ReturnType<typeof markdown.parse>): string | null {
  let text = '';
  for (const [index, token] of tokens.entries()) {
    if (tokens[index - 1]?.type !== 'paragraph_open') continue;
    const words = (token.children ?? []).map(({ type, content }) => (type.endsWith('break') ? ' ' : content));
    text = `${text} ${words.join('')}`.replace(/\s+/g, ' ').trim();
    if (text.length > MAX_OPENING) return shortened(text);
  }
  return text === '' ? null : text;
}

function shortened(text: string): string {
  const cut = text.slice(0, MAX_OPENING);
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > 0 ? cut.slice(0, lastSpace) : cut).toWellFormed()}…`;
}
