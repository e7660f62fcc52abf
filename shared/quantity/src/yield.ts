import { readAmount } from './amount.ts';
import { plainNumbers, plainText } from './numbers.ts';

/** How much a recipe makes. `value` is null when the text names no number ("Depends"); `maxValue` is the upper end of a
 * range; `unitText` is what is counted ("servings", "large pretzels"), null when the text does not say. */
export type Yield = { value: number | null; maxValue: number | null; unitText: string | null; text: string };

const LEAD =
  /^(?:this |the )?(?:recipe )?(?:makes?|serves?|servings?|serving size|yields?|feeds?|enough for|for|usually|portions?|approximately|approx\.?|about|around|up to)\b[\s:]*(?=\S)/i;
const FAMILY = /^a? ?family of (\S+)\b/i;
/** "A batch like this will last …" counts nothing. */
const LONGEST_UNIT = 6;
/** Two whole numbers with a stroke are a range of servings: nobody makes two thirds of a serving. */
const STROKE = /^(\d+) ?\/ ?(\d+)(?! ?\/)/;

const afterLead = (text: string): string => {
  let rest = text;
  for (let round = 0; round < 4 && LEAD.test(rest); round++) rest = rest.replace(LEAD, '');
  return rest;
};

const unitTextOf = (rest: string): string | null => {
  const unit = rest
    .replace(/\(.*$/, '')
    .replace(/^(?:\+|or more|or so|ish)(?= |$)/i, '')
    .trim()
    .split(/[,;]|\. |\.$| (?:or|depending|each|of \d|\d) ?/)[0]
    ?.replace(/^of /i, '')
    .trim();
  return unit === undefined || !/\p{L}/u.test(unit) ? null : unit;
};

/** Reads a schema.org recipeYield. Null for null or blank text. */
export const parseYield = (text: string | null): Yield | null => {
  const plain = plainText(text ?? '');
  if (text === null || plain === '') return null;
  const rest = afterLead(plain);
  const family = FAMILY.exec(rest);
  const said = plainNumbers(family ? `${family[1] ?? ''} people` : rest).replace(STROKE, (all, a: string, b: string) =>
    Number(a) < Number(b) ? `${a}-${b}` : all,
  );
  const read = readAmount(said);
  const isSentence = /^an? /i.test(rest) && rest.split(' ').length > LONGEST_UNIT;
  if (!read || read.quantity === 0 || isSentence) return { value: null, maxValue: null, unitText: null, text };
  const unitText = unitTextOf(`${read.unitText} ${read.rest}`.trim());
  return { value: read.quantity, maxValue: read.quantityMax, unitText, text };
};
