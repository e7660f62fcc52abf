import { describe, expect, it } from 'vitest';
import { parseYield } from './yield.ts';

describe('a yield', () => {
  it.each([
    ['4 servings', 4, null, 'servings'],
    ['4-6', 4, 6, null],
    ['8 - 10', 8, 10, null],
    ['2/3', 2, 3, null],
    ['6+', 6, null, null],
    ['10.', 10, null, null],
    ['Depends', null, null, null],
    ['1~2, about 1 plate full', 1, 2, null],
    ['An average-sized mason jar.', 1, null, 'average-sized mason jar'],
    ['Five-dozen individual cookies', 60, null, 'individual cookies'],
    ['makes 4 large pretzels', 4, null, 'large pretzels'],
    ['Usually enough for a family of five.', 5, null, 'people'],
    ['A batch like this will last for two days in a family of four.', null, null, null],
    ['Serves 4-6', 4, 6, null],
    ['9-10 biscuits', 9, 10, 'biscuits'],
    ['2 litres', 2, null, 'litres'],
    ['0', null, null, null],
  ])('%s', (text, value, maxValue, unitText) => {
    expect(parseYield(text)).toEqual({ value, maxValue, unitText, text });
  });

  it('that is not given is none', () => {
    expect(parseYield(null)).toBeNull();
    expect(parseYield('  ')).toBeNull();
  });
});
