import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aisleOf, aisles } from '../src/aisle.ts';
import { displayFood, foodKey } from '../src/food-key.ts';
import { mergeLines } from '../src/merge-lines.ts';
import { parseLine, parseLines } from '../src/parse-line.ts';
import { parseYield } from '../src/yield.ts';

const fragment = fc.constantFrom(
  ...['1', '1/2', '½', '2-3', '-', '/', ' ', '(', ')', ',', '.', 'g', 'cups', 'x', '~', 'NaN', 'Infinity', '1e309'],
  ...[
    'of',
    'or',
    'and a half',
    'a quarter of a',
    'juice of',
    'garlic cloves',
    'can',
    '\u202e',
    '\u0000',
    '🥚',
    'tomatoes',
  ],
  ...[
    'large',
    'to taste',
    ':',
    ';',
    '%',
    '+',
    'plus',
    '0',
    '99999999999',
    '-5',
    '\n',
    'finely chopped',
    '((',
    '\ud800',
  ],
);
const hostileLine = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fragment, { maxLength: 60 }).map(parts => parts.join(' ')),
  fc.array(fragment, { maxLength: 60 }).map(parts => parts.join('')),
);

const isAmount = (value: number | null): boolean => value === null || (Number.isFinite(value) && value >= 0);

describe('a hostile line', () => {
  it('is read without an error, its text kept, its amounts finite and never negative', () => {
    fc.assert(
      fc.property(hostileLine, text => {
        const line = parseLine(text);
        expect(line.text).toBe(text);
        const measures = [line, line.packageSize, line.alternative].filter(measure => measure !== null);
        for (const { quantity, quantityMax } of measures) {
          expect(isAmount(quantity) && isAmount(quantityMax)).toBe(true);
          if (quantityMax !== null) expect(quantityMax).toBeGreaterThan(quantity ?? Infinity);
        }
        expect(line.confidence).toBeGreaterThanOrEqual(0);
        expect(line.confidence).toBeLessThanOrEqual(1);
        expect(['\u202e', '\n', '\u0000'].filter(hidden => line.food.includes(hidden))).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it('is merged, named, placed and displayed without an error', () => {
    fc.assert(
      fc.property(
        fc.array(hostileLine, { maxLength: 8 }),
        fc.double({ min: 0, max: 1000, noNaN: true }),
        (texts, factor) => {
          const merged = mergeLines(parseLines(texts).map((line, ref) => ({ line, factor, ref })));
          for (const { key, food, amounts } of merged) {
            expect(key).not.toBe('');
            expect(food).not.toBe('');
            expect(aisles).toContain(aisleOf(food));
            for (const { quantity, quantityMax } of amounts)
              expect(isAmount(quantity) && isAmount(quantityMax)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('as a yield gives a positive number or none', () => {
    fc.assert(
      fc.property(hostileLine, text => {
        const read = parseYield(text);
        if (read?.value != null) expect(Number.isFinite(read.value) && read.value > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  const long = [
    '1 ',
    '1/',
    '½',
    '-',
    '(',
    ')',
    'a ',
    ' ',
    '1-',
    '1',
    'x 1 ',
    '1 cup ',
    'or ',
    ', ',
    '1 g / ',
    'large ',
    'of a ',
  ]
    .concat([
      'finely ',
      'chopped ',
      '١',
      '🥚',
      'é',
      '. A',
      '\u0000',
      '1,111',
      'boneless, ',
      'a and a half ',
      '((1)',
      'can ',
    ])
    .map(part => part.repeat(100_000 / part.length));
  // work that grew with more than the length would take minutes
  it.each(long)('of 100,000 characters is read to its end (%#)', text => {
    expect(parseLine(text).text).toBe(text);
    expect(parseLines([text]).length).toBeLessThanOrEqual(1);
    const read = parseYield(text)?.value ?? null;
    expect(isAmount(read)).toBe(true);
    for (const name of [foodKey(text), displayFood(text)]) expect(name.length).toBeLessThanOrEqual(text.length);
    expect(aisles).toContain(aisleOf(text));
  });

  it.each(['1 cup ', '99999999999 garlic ', '', 'salt 2 ', '1 (', 'juice of 1 '])(
    'with a long word that breaks off is read to its end: %s…',
    start => {
      for (const word of ['a'.repeat(60), '1a'.repeat(30), 'a-'.repeat(30), 'a.'.repeat(30)]) {
        // work that doubled with each letter would never end
        const text = `${start}${word}/b`;
        expect(parseLine(text).food).toMatch(/\/b$/);
        expect(parseYield(text)?.value ?? null).toSatisfy(isAmount);
        expect(foodKey(text)).not.toBe('');
      }
    },
  );

  it('of nothing has no food and no confidence', () => {
    expect(parseLine('')).toMatchObject({ quantity: null, unit: null, food: '', confidence: 0 });
    expect(parseLines(['', '  ', '\u200b'])).toEqual([]);
  });
});
