import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slugOf } from './slug.ts';

test.each([
  ['Älplermagronen (Alpine macaroni)', 'aelplermagronen-alpine-macaroni'],
  ["Shepherd's Pie", 'shepherds-pie'],
  ['Crème brûlée', 'creme-brulee'],
  ['Mapo Tofu (麻婆豆腐)', 'mapo-tofu'],
  ['Smørrebrød & Straße', 'smorrebrod-strasse'],
  ['麻婆豆腐', 'recipe'],
  ['', 'recipe'],
])('the slug of %j is %s', (title, slug) => {
  expect(slugOf(title, 'recipe')).toBe(slug);
});

test('a long title is cut at a word', () => {
  expect(slugOf('very '.repeat(40), 'recipe')).toBe(`${'very-'.repeat(15)}very`);
  expect(slugOf('x'.repeat(200), 'recipe')).toHaveLength(80);
});

test('every title has a slug that fits an address', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), title => {
      const slug = slugOf(title, 'recipe');
      expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(slug.length).toBeLessThanOrEqual(80);
    }),
  );
});
