import pluralize from 'pluralize';
import type { Measure } from './measure.ts';
import { fittingMeasure, unitNamed, type MeasurementSystem } from './units.ts';

const FRACTIONS: readonly (readonly [value: number, sign: string])[] = [
  ...([
    [0, ''],
    [1 / 8, '⅛'],
    [1 / 4, '¼'],
    [1 / 3, '⅓'],
    [1 / 2, '½'],
    [2 / 3, '⅔'],
    [3 / 4, '¾'],
    [1, ''],
  ] as const),
];
const QUARTERS = FRACTIONS.filter(([value]) => (value * 4) % 1 === 0);
const HALVES = FRACTIONS.filter(([value]) => (value * 2) % 1 === 0);

type Rounded = { value: number; text: string };
type Rounding = (value: number, locale: string) => Rounded;

const decimal = (value: number, locale: string): Rounded => ({
  value,
  text: new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value),
});

/** To the nearest of the given parts, never down to nothing; from ten on to whole numbers. */
const asFraction =
  (parts: typeof FRACTIONS): Rounding =>
  (value, locale) => {
    if (value >= 10) return decimal(Math.round(value), locale);
    const least = parts[1]?.[0] ?? 1;
    const amount = value > 0 ? Math.max(value, least) : 0;
    const whole = Math.floor(amount);
    const [part, sign] = parts.reduce((best, next) =>
      Math.abs(next[0] - (amount - whole)) < Math.abs(best[0] - (amount - whole)) ? next : best,
    );
    if (sign === '') return decimal(whole + part, locale);
    return { value: whole + part, text: whole === 0 ? sign : `${decimal(whole, locale).text} ${sign}` };
  };

const nearest = (value: number, step: number): number => Math.round(value / step) * step;

/** Grams and milliliters: halves up to ten, whole up to fifty, fives up to a thousand. */
const asMetric: Rounding = (value, locale) => {
  const step = value < 1 ? 0.1 : value < 10 ? 0.5 : value < 50 ? 1 : 5;
  return decimal(value > 0 ? Math.max(nearest(value, step), step) : 0, locale);
};

/** Kilograms and liters, to the nearest 50 g. */
const asThousand: Rounding = (value, locale) => decimal(nearest(value, value < 10 ? 0.05 : 0.5), locale);

/** What a shop sells whole is rounded up; a hair above a whole number is that number. */
const asWhole: Rounding = (value, locale) => decimal(value > 0 ? Math.max(1, Math.ceil(value - 0.05)) : 0, locale);

const roundingOf = (unit: string, system: MeasurementSystem): Rounding => {
  const known = unitNamed(unit);
  if (unit === '' || known?.kind === 'container') return asWhole;
  if (known?.kind !== 'measure') return asFraction(HALVES);
  if (system === 'METRIC') return unit === 'kilogram' || unit === 'liter' ? asThousand : asMetric;
  return asFraction(unit === 'cup' ? FRACTIONS : QUARTERS);
};

const SYMBOLS_WITH_PLURAL = new Set(['cup', 'pint']);

const unitLabel = (unit: string, most: number): string => {
  const symbol = unitNamed(unit)?.symbol;
  if (symbol != null && !SYMBOLS_WITH_PLURAL.has(symbol)) return symbol;
  return most > 1 ? pluralize(symbol ?? unit) : (symbol ?? unit);
};

const displayMeasure = (measure: Measure, system: MeasurementSystem, locale: string): string => {
  const shown = fittingMeasure(measure, system);
  const round = roundingOf(shown.unit, system);
  const low = round(shown.quantity, locale);
  const high = shown.quantityMax === null ? low : round(shown.quantityMax, locale);
  const numbers = low.text === high.text ? low.text : `${low.text}–${high.text}`;
  return `${numbers} ${unitLabel(shown.unit, high.value)}`.trim();
};

/** Amounts for a person to read while shopping, in a measurement system: "2 + 300 g", "8–8 ½ cloves", "1 ½ cups",
 * "65 ml + as needed". Counts of whole things are rounded up, the rest to what a kitchen can measure; the amounts
 * themselves are not changed. `locale` (BCP 47, default en) writes the numbers. */
export const displayMeasures = (
  amounts: readonly Measure[],
  asNeeded: boolean,
  system: MeasurementSystem,
  locale = 'en',
): string =>
  [...amounts.map(measure => displayMeasure(measure, system, locale)), ...(asNeeded ? ['as needed'] : [])].join(' + ');
