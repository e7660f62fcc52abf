import { mapEnds, type Measure } from './measure.ts';
import { familyOf, toBase } from './units.ts';

const rank = (family: string): number => (family === '' ? 0 : family === 'mass' ? 2 : family === 'volume' ? 3 : 1);

const add = (a: Measure, b: Measure): Measure => ({
  quantity: a.quantity + b.quantity,
  quantityMax:
    a.quantityMax === null && b.quantityMax === null
      ? null
      : (a.quantityMax ?? a.quantity) + (b.quantityMax ?? b.quantity),
  unit: a.unit,
});

/** Far below what can be weighed, far above binary noise: the order of a sum cannot show in it. */
const settled = (value: number): number => Number(value.toPrecision(12));

/** Adds measures, one sum per family that cannot be added to another: first the bare count, then counted units by
 * name (clove, can), then mass in grams, then volume in milliliters. Volume is never turned into mass. Ranges add
 * their lower and their upper ends. Sums are not rounded. */
export const addMeasures = (measures: readonly Measure[]): Measure[] => {
  const sums = new Map<string, Measure>();
  for (const measure of measures) {
    const family = familyOf(measure.unit);
    const base = toBase(measure);
    const sum = sums.get(family);
    sums.set(family, sum ? add(sum, base) : base);
  }
  return [...sums].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)).map(([, sum]) => mapEnds(sum, settled));
};
