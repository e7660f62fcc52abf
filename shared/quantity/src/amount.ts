import { parseIngredient } from 'parse-ingredient';
import { tidy } from './measure.ts';
import { readableUnits } from './units.ts';

/** An amount at the start of a text, and the text after it. `unit` is canonical, null for a bare count; `unitText` is
 * the unit as written. */
export type Amount = {
  quantity: number;
  quantityMax: number | null;
  unit: string | null;
  unitText: string;
  rest: string;
};

const dotted = (spelling: string): string[] => [spelling, `${spelling}.`];

// The spellings of our unit table replace the library's: it has no centiliter, tin, handful or leaf.
const additionalUOMs = Object.fromEntries(
  readableUnits.map(unit => [
    unit.name,
    { short: unit.symbol ?? unit.name, plural: unit.plural, alternates: unit.spellings.flatMap(dotted) },
  ]),
);

const OPTIONS = {
  round: false,
  additionalUOMs,
  ignoreUOMs: [
    'large',
    'lg',
    'lg.',
    'medium',
    'md',
    'md.',
    'med',
    'med.',
    'small',
    'sm',
    'sm.',
    'm',
    'm.',
    'in',
    'in.',
    'dz',
  ],
  groupHeaderPatterns: [],
} as const;

// The library sees a unit only when something follows it.
const END = '␃';
/** No kitchen needs more; a longer run of digits is not an amount. */
const GREATEST = 1e7;
const LONGEST_NUMBER = 40;

const usable = (value: number | null): value is number => value !== null && Number.isFinite(value) && value <= GREATEST;

const NUMBERS = /^[\d./ ,-]+(?:(?:to|or) +[\d./ ,-]+)?/i;
/** No unit is longer; a longer word is never shown to the library, which takes exponential time over some of them. */
const LONGEST_WORD = 20;

/** The numbers and at most two words after them, all that an amount can be; and the rest of the text. */
const headOf = (text: string): { head: string; tail: string } => {
  let end = NUMBERS.exec(text)?.[0].length ?? 0;
  for (let words = 0; words < 2 && end < text.length; words++) {
    const space = text.indexOf(' ', end);
    const next = space === -1 ? text.length : space + 1;
    if (next - end > LONGEST_WORD) break;
    end = next;
  }
  return { head: text.slice(0, end), tail: text.slice(end) };
};

/** Reads the amount a text (plain, numbers in digits) starts with; null when it starts with none. A range that falls
 * ("3-2") is its first number. */
export const readAmount = (text: string): Amount | null => {
  const run = /^[\d./ ,-]+/.exec(text)?.[0];
  if (run === undefined || run.length > LONGEST_NUMBER || !/^\.?\d/.test(text)) return null;
  const { head, tail } = headOf(text);
  const [read] = parseIngredient(`${head} ${END}`, OPTIONS);
  if (!read || !usable(read.quantity)) return null;
  const max = read.quantity2;
  return {
    quantity: tidy(read.quantity),
    quantityMax: usable(max) && max > read.quantity ? tidy(max) : null,
    unit: read.unitOfMeasureID,
    unitText: read.unitOfMeasure ?? '',
    rest: `${read.description.replace(END, '').trim()} ${tail}`.trim().replace(/^of (?=\S)/i, ''),
  };
};
