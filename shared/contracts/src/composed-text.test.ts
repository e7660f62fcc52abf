import { expect, test } from 'vitest';
import { composedText } from './composed-text.ts';

test('a text is composed, in the form that is asked for', () => {
  expect(composedText('Cre\u0302pe')).toBe('Crêpe');
  expect(composedText('ﬁsh', 'NFKC')).toBe('fish');
});

test('marks that languages stack on a letter stay, also in Vietnamese, Hebrew and Tibetan', () => {
  for (const text of ['Phở bò', 'שַׁבָּת', 'བོད་སྐད', 'नमस्ते']) expect(composedText(text)).toBe(text.normalize('NFC'));
});

test('of a million marks in a row thirty stay', () => {
  expect(composedText(`x${'\u0316\u0301'.repeat(500_000)}y`)).toHaveLength(32);
});
