import { convert } from 'convert';
import pluralize from 'pluralize';
import { mapEnds, type Measure } from './measure.ts';
import { BY_FEEL, CONTAINERS, IMPERIAL_VOLUME_UNITS, MASS_UNITS, PIECES, VOLUME_UNITS } from './unit-table.ts';

/** `family` is 'mass', 'volume' or, for units that are only counted, the unit's own name: measures add up within a
 * family and never across. `factor` is grams or milliliters in one unit (1 for counted units). */
export type Unit = {
  name: string;
  plural: string;
  symbol: string | null;
  family: string;
  factor: number;
  kind: 'measure' | 'container' | 'piece' | 'by feel';
  spellings: readonly string[];
};

export type MeasurementSystem = 'METRIC' | 'US' | 'IMPERIAL';

const words = (text: string): string[] => text.split(' ').filter(Boolean);

const measured = (name: string, symbol: string, family: string, factor: number, also: string): Unit => ({
  ...{ name, plural: pluralize(name), symbol, family, factor, kind: 'measure' },
  spellings: [name, pluralize(name), symbol, ...words(also)],
});

const counted = (kind: Unit['kind'], rows: readonly (readonly [string, string])[]): Unit[] =>
  rows.map(([name, also]) => ({
    ...{ name, plural: pluralize(name), symbol: null, family: name, factor: 1, kind },
    spellings: [name, pluralize(name), ...words(also)],
  }));

// Factors: the `convert` package, whose US customary units are those of NIST Handbook 44 Appendix C (cup 236.588 ml,
// tablespoon 14.787 ml, teaspoon 4.929 ml), the pound is the international one (453.59237 g) and the imperial pint
// that of the UK Weights and Measures Act 1985 (568.26125 ml, 20 fluid ounces).
const UNITS: readonly Unit[] = [
  ...MASS_UNITS.map(([name, symbol, source, also]) => measured(name, symbol, 'mass', convert(1, source).to('g'), also)),
  ...VOLUME_UNITS.map(([name, symbol, source, also]) =>
    measured(name, symbol, 'volume', convert(1, source).to('ml'), also),
  ),
  ...IMPERIAL_VOLUME_UNITS.map(([name, symbol, perPint]) => ({
    ...measured(name, symbol, 'volume', convert(1, 'imperial pint').to('ml') / perPint, ''),
    spellings: [],
  })),
  ...counted('container', CONTAINERS),
  ...counted('piece', PIECES),
  ...counted('by feel', BY_FEEL),
];

const byName = new Map(UNITS.map(unit => [unit.name, unit]));
const bySpelling = new Map(
  UNITS.flatMap(unit => unit.spellings.filter(s => s !== 'T').map(spelling => [spelling.toLowerCase(), unit])),
);

/** Every unit a line can be read in. */
export const readableUnits: readonly Unit[] = UNITS.filter(unit => unit.spellings.length > 0);

/** The unit of a canonical name. */
export const unitNamed = (name: string): Unit | undefined => byName.get(name);

/** The unit a word of a recipe stands for ("tbsp.", "Tins"); undefined when it is none. */
export const unitSpelled = (word: string): Unit | undefined => {
  const spelling = word.endsWith('.') ? word.slice(0, -1) : word;
  if (spelling === 'T') return byName.get('tablespoon');
  return bySpelling.get(spelling.toLowerCase());
};

/** What a unit may be added to: 'mass', 'volume', '' for a bare count, else only itself. */
export const familyOf = (unit: string): string => (unit === '' ? '' : (byName.get(unit)?.family ?? unit));

/** In grams or milliliters; counted units stay as they are. */
export const toBase = (measure: Measure): Measure => {
  const family = familyOf(measure.unit);
  const factor = byName.get(measure.unit)?.factor ?? 1;
  if (family === 'mass') return mapEnds(measure, end => end * factor, 'gram');
  if (family === 'volume') return mapEnds(measure, end => end * factor, 'milliliter');
  return measure;
};

// Per system and family, the units to write an amount in: the last whose least amount (in grams or milliliters) is
// reached. Those with no least amount are units of the system too, and only kept where the cook wrote them.
const LADDERS: Record<MeasurementSystem, Record<'mass' | 'volume', readonly (readonly [string, number])[]>> = {
  METRIC: {
    mass: [
      ['gram', 0],
      ['milligram', Infinity],
      ['kilogram', 1000],
    ],
    volume: [
      ['milliliter', 0],
      ['centiliter', Infinity],
      ['deciliter', Infinity],
      ['liter', 1000],
    ],
  },
  US: {
    mass: [
      ['ounce', 0],
      ['pound', 453.59],
    ],
    volume: [
      ['teaspoon', 0],
      ['tablespoon', 14.78],
      ['cup', 59.14],
      ['quart', 1892.7],
      ['fluid ounce', Infinity],
      ['pint', Infinity],
      ['gallon', Infinity],
    ],
  },
  IMPERIAL: {
    mass: [
      ['ounce', 0],
      ['pound', 453.59],
    ],
    volume: [
      ['teaspoon', 0],
      ['tablespoon', 14.78],
      ['imperial fluid ounce', 56.8],
      ['imperial pint', 568.2],
    ],
  },
};

/** The measure in the unit of a system that fits its size: 1250 gram is 1.25 kilogram. Mass stays mass, volume stays
 * volume, counts stay as they are. */
export const fittingMeasure = (measure: Measure, system: MeasurementSystem): Measure => {
  const family = familyOf(measure.unit);
  if (family !== 'mass' && family !== 'volume') return measure;
  const base = toBase(measure);
  const name = LADDERS[system][family].findLast(([, least]) => base.quantity >= least)?.[0] ?? base.unit;
  const factor = byName.get(name)?.factor ?? 1;
  return mapEnds(base, end => end / factor, name);
};

/** The measure in units of a measurement system; one that is in such a unit already stays as the cook wrote it. */
export const convertMeasure = (measure: Measure, system: MeasurementSystem): Measure => {
  const { mass, volume } = LADDERS[system];
  return [...mass, ...volume].some(([name]) => name === measure.unit) ? measure : fittingMeasure(measure, system);
};
