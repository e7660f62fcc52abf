import { parseFragment, type DefaultTreeAdapterMap } from 'parse5';
import { describe, expect, it, test } from 'vitest';
import { renderPost } from './render-post.ts';

const html = (markdown: string): string => renderPost(markdown).bodyHtml;

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/** Every element as a browser would make it of this HTML. */
const elements = (node: Node): Element[] =>
  'childNodes' in node ? node.childNodes.flatMap(child => ('tagName' in child ? [child, ...elements(child)] : [])) : [];

const TAGS =
  'h1 h2 h3 h4 h5 h6 p br hr blockquote pre code ul ol li strong em s a img table thead tbody tr th td'.split(' ');

/** All that could do harm in what a browser makes of it: empty, or the renderer let something pass. */
const harm = (rendered: string): string[] =>
  elements(parseFragment(rendered)).flatMap(({ tagName, attrs }) => [
    ...(TAGS.includes(tagName) ? [] : [`<${tagName}>`]),
    ...attrs
      .filter(({ name, value }) => {
        if (name === 'href') return !/^(https?:\/\/|mailto:)/i.test(value);
        if (name === 'src') return !/^https?:\/\//i.test(value);
        return !['title', 'alt', 'rel', 'loading', 'start'].includes(name);
      })
      .map(({ name, value }) => `${name}=${value}`),
  ]);

describe('what is written to do harm', () => {
  test.each([
    '<script>alert(1)</script>',
    '<ScRiPt src=//evil.example></sCrIpT>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<svg><style><img src=x onerror=alert(1)></style></svg>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<a href="javascript:alert(1)">x</a>',
    '<details open ontoggle=alert(1)>',
    '<!--><img src=x onerror=alert(1)>-->',
    '<![CDATA[<img src=x onerror=alert(1)>]]>',
    '<?xml <img src=x onerror=alert(1)> ?>',
    '<base href="https://evil.example/"><form action=x><input></form>',
    '<style>@import "https://evil.example/x.css";</style>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](  javascript:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](java&#115;cript:alert(1))',
    '[x](javascript&colon;alert(1))',
    '[x](&#x6A;avascript:alert(1))',
    '[x](\u0001javascript:alert(1))',
    '[x](javascript\u200b:alert(1))',
    '[x](vbscript:msgbox(1))',
    '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
    '[x](file:///etc/passwd)',
    '[x](blob:https://example.org/1)',
    '[x](//evil.example)',
    '[x](/relative)',
    '[x](\\\\evil.example)',
    '[x][r]\n\n[r]: javascript:alert(1)',
    '[x][r]\n\n[r]: <javascript:alert(1)> "t"',
    '<javascript:alert(1)>',
    '<data:text/html,x>',
    'javascript:alert(1)',
    '![x](javascript:alert(1))',
    '![x](data:image/svg+xml;base64,PHN2Zy8+)',
    '![x](mailto:a@example.org)',
    '![x](//evil.example/x.png)',
    '![<img src=x onerror=alert(1)>](https://example.org/x.png)',
    '![" onerror="alert(1)](https://example.org/x.png)',
    '[x](https://example.org "\\" onmouseover=\\"alert(1)")',
    '[x](https://example.org \'a" onclick=alert(1) b="\')',
    '[x](https://example.org/"onmouseover="alert(1))',
    '[<script>alert(1)</script>](https://example.org)',
    '`<script>alert(1)</script>`',
    '```html" onclick="alert(1)\n<script>alert(1)</script>\n```',
    '    <script>alert(1)</script>',
    '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
    '# <script>alert(1)</script>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '&#60;script&#62;alert(1)&#60;/script&#62;',
    '<<script>script>alert(1)<</script>/script>',
    '<img src="x` `<script>alert(1)</script>"` `>',
    '\u0000<script\u0000>alert(1)</script>',
    '[x](https://example.org)<script>',
    '*<b onmouseover=alert(1)>x*',
    '</p></div></body><script>alert(1)</script>',
  ])('is harmless: %j', markdown => {
    expect(harm(html(markdown))).toEqual([]);
  });

  it('would be noticed', () => {
    expect(harm('<p onclick="x"><a href="javascript:x">y</a></p><script></script>')).toEqual([
      'onclick=x',
      'href=javascript:x',
      '<script>',
    ]);
  });

  it('is shown as it was written', () => {
    expect(html('<script>alert(1)</script>')).toBe('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n');
    expect(html('[x](javascript:alert(1))')).toBe('<p>[x](javascript:alert(1))</p>\n');
  });
});

describe('what is written in earnest', () => {
  test.each([
    ['# Soup', '<h1>Soup</h1>\n'],
    ['*hot* and **deep** ~~cold~~', '<p><em>hot</em> and <strong>deep</strong> <s>cold</s></p>\n'],
    ['5. a\n6. b', '<ol start="5">\n<li>a</li>\n<li>b</li>\n</ol>\n'],
    ['[a](https://example.org "t")', '<p><a href="https://example.org" title="t" rel="nofollow noopener">a</a></p>\n'],
    ['[write](mailto:ana@example.org)', '<p><a href="mailto:ana@example.org" rel="nofollow noopener">write</a></p>\n'],
    [
      'see https://example.org/x.',
      '<p>see <a href="https://example.org/x" rel="nofollow noopener">https://example.org/x</a>.</p>\n',
    ],
    ['see notes.md', '<p>see notes.md</p>\n'],
    [
      '![soup](https://example.org/x.png)',
      '<p><img src="https://example.org/x.png" alt="soup" loading="lazy" /></p>\n',
    ],
    ['1 < 2 & 3', '<p>1 &lt; 2 &amp; 3</p>\n'],
    ['```js\na < b\n```', '<pre><code>a &lt; b\n</code></pre>\n'],
  ])('%j becomes %j', (markdown, rendered) => {
    expect(html(markdown)).toBe(rendered);
  });

  it('is a table where it is one', () => {
    expect(html('|a|b|\n|-|:-:|\n|1|2|')).toContain('<td>2</td>');
  });
});

describe('the opening', () => {
  test.each([
    ['# Title\n\nFirst *words*\nof [it](https://example.org).\n\nThen more.', 'First words of it. Then more.'],
    ['- a list\n- of things', 'a list of things'],
    ['# Title', null],
    ['![soup](https://example.org/x.png) Hot.', 'soup Hot.'],
    ['<b>bold</b> `code`', '<b>bold</b> code'],
  ])('of %j is %j', (markdown, opening) => {
    expect(renderPost(markdown).opening).toBe(opening);
  });

  it('ends at a word, after 200 characters at most', () => {
    const { opening } = renderPost('word '.repeat(100));
    expect(opening).toBe(`${'word '.repeat(40).trimEnd()}…`);
    expect(renderPost('x'.repeat(500)).opening).toBe(`${'x'.repeat(200)}…`);
    expect(renderPost('🥚'.repeat(300)).opening?.isWellFormed()).toBe(true);
  });
});

// each would take minutes if its time grew with more than its length
describe('the longest text', () => {
  const most = 50_000;
  const filled = (part: string) => part.repeat(Math.floor(most / part.length));
  test.each([
    ['open brackets', filled('[')],
    ['nested brackets', '['.repeat(most / 2) + ']'.repeat(most / 2)],
    ['open links', filled('[a](')],
    ['open links in brackets', filled('[a](<b')],
    ['open titles', filled('[a](b "')],
    ['pictures that never end', filled('![')],
    ['nested emphasis', filled('*a **b ')],
    ['delimiters of all kinds', filled('*_~')],
    ['nested quotes', filled('> ')],
    ['nested lists', filled('- ')],
    ['growing backticks', Array.from({ length: 300 }, (_, index) => `e${'`'.repeat(index)}`).join('')],
    ['open tags', filled('<a ')],
    ['open comments', filled('<!--')],
    ['addresses', filled('https://a.example ')],
    ['one address', `https://${filled('a.').slice(10)}`],
    ['references', `${filled('[r]: https://a.example\n').slice(0, most / 2)}${filled('[r]').slice(0, most / 2)}`],
    ['entities', filled('&amp;')],
  ])('of %s is rendered without harm', (_, markdown) => {
    expect(harm(html(markdown))).toEqual([]);
  });

  it('that says little and would render to much is refused', () => {
    const emptyCells = `|${'a|'.repeat(1000)}\n|${'-|'.repeat(1000)}\n${'|\n'.repeat(20_000)}`;
    expect(() => renderPost(emptyCells)).toThrow('too large once it is rendered');
  });
});
