import { describe, expect, test } from 'vitest';
import { Fault } from '@mealprep360/service/fault';
import { postInput } from './post-input.ts';
import { renderPost } from './render-post.ts';

// The longest text that is taken; each would take minutes if its time grew with more than its length.
const LENGTH = 50_000;
const full = (piece: string): string => piece.repeat(LENGTH / piece.length);

/** What is refused is refused for its size alone. */
function render(text: string): number {
  try {
    return renderPost(text).bodyHtml.length;
  } catch (error) {
    if (error instanceof Fault && error.message.includes('too large once it is rendered')) return 0;
    throw error;
  }
}

const counted = (of: (index: number) => string, count: number) => Array.from({ length: count }, (_, n) => of(n));

describe('hostile Markdown is rendered, or refused for its size:', () => {
  test.each([
    ...['(', '[', '![', '[](', '[a](', '[a][', '<', '<a:', '`', '*', '*a', '**a ', '_a ', '*a_', '~~a', '**x*y***'],
    ...['> ', '>- ', '- ', '1. ', '# ', '```\n', '|', '&', '&amp;', 'http://', 'http://a.', 'www.', 'x@a.b ', '\\'],
    ...['"', '<b>', '<!--', '<?', '<![CDATA[', ' \n', '\t', 'a\n=\n', '[a](%', '<http://', '\ud800', '[a]: '],
  ])('%j, again and again', piece => {
    expect(render(full(piece))).toBeLessThanOrEqual(300_000);
  });

  test.each([
    ['lists in lists', counted(n => `${'  '.repeat(n)}- a`, 220).join('\n')],
    ['quotes in quotes', `${'> '.repeat(20_000)}a`],
    ['links in links', `${'['.repeat(10_000)}a${'](b)'.repeat(9000)}`],
    ['emphasis in emphasis', `${'*a '.repeat(10_000)}${'*'.repeat(10_000)}`],
    ['code marks of each length', counted(n => '`'.repeat(n), 300).join(' ')],
    ['references to 3000 addresses', `${counted(n => `[r${n}]: /u`, 3000).join('\n')}\n\n${'[r1]'.repeat(1500)}`],
  ])('%s', (_, text) => {
    expect(render(text.slice(0, LENGTH))).toBeLessThanOrEqual(300_000);
  });

  test.each([
    ['a table of empty cells', `${'|a'.repeat(5000)}|\n${'|-'.repeat(5000)}|\n${'|\n'.repeat(14_000)}`],
    ['one long address again and again', `[a]: https://e.example/${'x'.repeat(2000)}\n\n${'[a]'.repeat(10_000)}`],
  ])('%s', (_, text) => {
    expect(() => renderPost(text)).toThrow(Fault);
  });
});

test('a text of a million marks is cleaned before it is measured', () => {
  const written = { title: 'Marks', bodyMarkdown: `x${'\u0316\u0301'.repeat(500_000)}` };
  expect(postInput.parse(written).bodyMarkdown).toHaveLength(31);
});
