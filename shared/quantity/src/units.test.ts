import { describe, expect, it } from 'vitest';
import { displayMeasures } from './display.ts';
import { parseLine } from './parse-line.ts';
import { scaleLine } from './scale.ts';
import { addMeasures } from './sum.ts';
import { convertMeasure, familyOf, unitSpelled } from './units.ts';

const measure = (quantity: number, unit: string, quantityMax: number | null = null) => ({
  quantity,
  quantityMax,
  unit,
});
const closeTo = (quantity: number, unit: string) => ({
  quantity: expect.closeTo(quantity, 2) as number,
  quantityMax: null,
  unit,
});

describe('a unit', () => {
  it('is known by its spellings', () => {
    expect(['Tins', 'tbsp.', 'T', 't', 'litres', 'pkg'].map(word => unitSpelled(word)?.name)).toEqual(
      ['can', 'tablespoon', 'tablespoon', 'teaspoon', 'liter', 'package'], // prettier-ignore
    );
    expect(unitSpelled('large')).toBeUndefined();
  });

  it('has a family: mass, volume, or itself', () => {
    expect(['pound', 'cup', 'clove', '', 'smidgen'].map(familyOf)).toEqual(['mass', 'volume', 'clove', '', 'smidgen']);
  });
});

describe('converting', () => {
  it('uses US customary units for what is read', () => {
    expect(convertMeasure(measure(1, 'cup'), 'METRIC')).toEqual(closeTo(236.588, 'milliliter'));
    expect(convertMeasure(measure(1, 'tablespoon'), 'METRIC')).toEqual(closeTo(14.787, 'milliliter'));
    expect(convertMeasure(measure(1, 'pound'), 'METRIC')).toEqual(closeTo(453.592, 'gram'));
    expect(convertMeasure(measure(3, 'pound'), 'METRIC')).toEqual(closeTo(1.36, 'kilogram'));
  });

  it('chooses a unit of a fitting size and keeps ranges', () => {
    expect(convertMeasure(measure(5, 'milliliter'), 'US').unit).toBe('teaspoon');
    expect(convertMeasure(measure(500, 'milliliter'), 'US').unit).toBe('cup');
    expect(convertMeasure(measure(500, 'milliliter'), 'IMPERIAL').unit).toBe('imperial fluid ounce');
    expect(convertMeasure(measure(1, 'liter'), 'IMPERIAL')).toEqual(closeTo(1.76, 'imperial pint'));
    expect(convertMeasure(measure(1, 'ounce', 2), 'METRIC')).toEqual({
      ...closeTo(28.35, 'gram'),
      quantityMax: expect.closeTo(56.7, 1) as number,
    });
  });

  it('never turns volume into mass, and leaves counts and units of the system alone', () => {
    for (const system of ['METRIC', 'US', 'IMPERIAL'] as const) {
      expect(familyOf(convertMeasure(measure(3, 'cup'), system).unit)).toBe('volume');
      expect(familyOf(convertMeasure(measure(3, 'ounce'), system).unit)).toBe('mass');
      expect(convertMeasure(measure(3, 'clove'), system)).toEqual(measure(3, 'clove'));
      expect(convertMeasure(measure(3, ''), system)).toEqual(measure(3, ''));
    }
    expect(convertMeasure(measure(2, 'deciliter'), 'METRIC')).toEqual(measure(2, 'deciliter'));
  });
});

describe('adding', () => {
  it('sums within a family only: count, counted units, mass, volume', () => {
    const sums = addMeasures([
      ...[measure(1, 'cup'), measure(2, 'pound'), measure(1, ''), measure(2, 'clove')],
      ...[measure(1, 'can'), measure(100, 'gram'), measure(2, '')],
    ]);
    expect(sums).toEqual([
      ...[measure(3, ''), measure(1, 'can'), measure(2, 'clove')],
      ...[closeTo(1007.185, 'gram'), closeTo(236.588, 'milliliter')],
    ]);
  });

  it('adds both ends of ranges', () => {
    expect(addMeasures([measure(2, 'clove', 3), measure(4, 'clove')])).toEqual([measure(6, 'clove', 7)]);
  });

  it('does not show the order it was done in', () => {
    const parts = [0.1, 0.2, 0.3, 1 / 3, 2 / 3].map(quantity => measure(quantity, ''));
    expect(addMeasures(parts)).toEqual(addMeasures([...parts].reverse()));
    expect(addMeasures([])).toEqual([]);
  });
});

describe('scaling a line', () => {
  it('changes its amounts and not the size of a package', () => {
    const line = scaleLine(parseLine('2 x 400g tins tomatoes'), 1.5);
    expect(line).toMatchObject({ quantity: 3, packageSize: { quantity: 400 }, text: '2 x 400g tins tomatoes' });
    expect(scaleLine(parseLine('1-2 pounds (450 g) beef'), 2)).toMatchObject({
      ...{ quantity: 2, quantityMax: 4 },
      alternative: { quantity: 900, unit: 'gram' },
    });
    expect(scaleLine(parseLine('salt'), 2).quantity).toBeNull();
  });

  it('refuses a factor that is no amount', () => {
    expect(() => scaleLine(parseLine('1 egg'), Number.NaN)).toThrow(RangeError);
    expect(() => scaleLine(parseLine('1 egg'), -1)).toThrow(/-1/);
  });
});

describe('amounts for a person', () => {
  it.each([
    [[measure(376.8, 'gram')], false, 'METRIC', '375 g'],
    [[measure(64.8, 'milliliter')], true, 'METRIC', '65 ml + as needed'],
    [[measure(1234, 'gram')], false, 'METRIC', '1.25 kg'],
    [[measure(0.12, 'gram')], false, 'METRIC', '0.1 g'],
    [[measure(355, 'milliliter')], false, 'US', '1 ½ cups'],
    [[measure(236.6, 'milliliter')], false, 'US', '1 cup'],
    [[measure(700, 'gram')], false, 'US', '1 ½ lb'],
    [[measure(1000, 'milliliter')], false, 'IMPERIAL', '1 ¾ pints'],
    [[measure(8, 'clove', 8.5)], false, 'METRIC', '8–8 ½ cloves'],
    [[measure(5 / 3, ''), measure(151.2, 'gram')], false, 'METRIC', '2 + 150 g'],
    [[measure(1.01, 'can')], false, 'US', '1 can'],
    [[measure(0.1, 'bunch')], false, 'US', '1 bunch'],
    [[], true, 'US', 'as needed'],
    [[], false, 'US', ''],
  ] as const)('%j (as needed: %s) in %s are %s', (amounts, asNeeded, system, text) => {
    expect(displayMeasures(amounts, asNeeded, system)).toBe(text);
  });

  it('are written in the numbers of the locale', () => {
    expect(displayMeasures([measure(1250, 'gram')], false, 'METRIC', 'de')).toBe('1,25 kg');
  });
});
