import fc from 'fast-check';
import { expect, test } from 'vitest';
import { htmlFromText, plainLine, plainText, textFromHtml } from './plain-text.ts';

test.each([
  ['You&#8217;ll know &amp; see', 'You’ll know & see'],
  ['&lt;p&gt;Mix.&lt;/p&gt;', 'Mix.'],
  ['Stir<br/>well', 'Stir\nwell'],
  ['<p>Heat <strong>oil</strong></p><p>Fry</p>', 'Heat oil\n\nFry'],
  ['Salt<script>alert("x")</script>', 'Salt'],
  ['Salt<scr<script></script>ipt>alert(1)</script>', 'Saltalert(1)'],
  ['Salt<!-- a\ncomment -->!', 'Salt!'],
  ['a<img src=x onerror=alert(1)>b', 'ab'],
  ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ['350&deg;F, &frac12; cup', '350°F, ½ cup'],
])('%j reads %j', (html, text) => {
  expect(textFromHtml(html)).toBe(text);
});

test('a smaller-than sign is text', () => {
  expect(plainText('<1 liter of milk > 0')).toBe('<1 liter of milk > 0');
  expect(plainText('<your favourite cheese>')).toBe('<your favourite cheese>');
});

test('control characters, direction marks and broken surrogates are taken out', () => {
  expect(plainLine('a\u0000b\u202Ec\uD800d\u0007\n e')).toBe('abc\uFFFDd e');
});

test('plain text stays as it is, and survives being written as HTML', () => {
  const hostile = fc.array(
    fc.constantFrom('<b>', '<', '&', 'lt;', 'amp;', '#60;', '>', '\n', ' ', 'x', '<scr', 'ipt>', 'é'),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        hostile.map(parts => parts.join('')),
      ),
      raw => {
        const text = textFromHtml(raw);
        expect(plainText(text)).toBe(text);
        expect(textFromHtml(htmlFromText(text))).toBe(text);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ['<script>', ''],
  ['<!--', '<!--'],
  ['<b', '<b'],
  ['<b<', '<b<'],
  ['&', '&'],
  ['\n ', ''],
])('hostile markup is read to its end: %j, again and again', (unit, left) => {
  // work that grew with more than the length would take hours
  expect(plainText(unit.repeat(100_000)) === left.repeat(100_000)).toBe(true);
});
