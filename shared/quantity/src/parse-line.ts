import { readAmount, type Amount } from './amount.ts';
import { takeBrackets, type Bracket } from './brackets.ts';
import { readFood } from './food-text.ts';
import type { IngredientLine } from './ingredient-line.ts';
import { BARE_ADJECTIVES, TRAILING_UNITS } from './line-words.ts';
import { plainNumbers, plainText } from './numbers.ts';
import * as amounts from './read-amounts.ts';
import type { Amounts } from './read-amounts.ts';
import { unitSpelled } from './units.ts';

type Reading = Amounts & { remarks: string[] };

const PART_OF =
  /^(?:the )?((?:finely )?(?:grated )?(?:juice|zest|rind|peels?|whites?|yolks?)(?: only)?(?: and (?:juice|zest|rind))?) (?:of|from) (?=\S)/i;

/** Reads "how much of what" from text without brackets. */
const readBody = (body: string): Reading => {
  const part = PART_OF.exec(body);
  if (part) {
    const whole = readBody(plainNumbers(body.slice(part[0].length)));
    return { ...whole, remarks: [part[1] ?? '', ...whole.remarks] };
  }
  const leading = amounts.readLeadingAmounts(body) ?? amounts.readUnitAlone(body);
  if (leading) return { ...leading, remarks: [] };
  const trailing = amounts.readTrailingAmounts(body);
  if (trailing) return { ...trailing, remarks: [trailing.after] };
  return { ...amounts.NOTHING, rest: body, remarks: [] };
};

/** The amount a bracket holds, if that is what it is there for: "(29 ounces)", "(250 g/9 oz peeled)", "(10 oz each)". */
const amountInBracket = (content: string): Amount | null => {
  const read = readAmount(plainNumbers(content));
  const amount = read && { ...read, rest: amounts.withoutBareSize(read.rest) };
  if (!amount || /\b(?:per|for|with|thick|long)\b/i.test(amount.rest)) return null;
  const plain = amount.rest === '' || /^[,;/|=+-]|^(?:or|each|in total|total)\b/i.test(amount.rest);
  if (amount.unit === null) return amount.rest === '' ? amount : null;
  return plain || (amounts.isMeasured(amount.unit) && amount.rest.split(' ').length <= 2) ? amount : null;
};

const withBracket = (reading: Reading, { content, early }: Bracket): Reading => {
  const amount = amountInBracket(content);
  if (!amount) {
    const remark = content.replace(/\boptional+\b[\s:,-]*/i, '').replace(/[\s,;.]+$/, '');
    const isNothing = remark === '' || unitSpelled(remark) !== undefined;
    return isNothing ? reading : { ...reading, remarks: [...reading.remarks, remark] };
  }
  if (reading.quantity === null && reading.unit === null) {
    const following = amounts.readLeadingAmounts(plainNumbers(content)) ?? amounts.NOTHING;
    return { ...reading, ...amount, alternative: following.alternative, rest: reading.rest };
  }
  const measure = amounts.measureOf(amount);
  const ofOne = amounts.isPackage(reading.unit) || (early && reading.unit === null) || /^each\b/i.test(amount.rest);
  if (ofOne && amounts.isMeasured(amount.unit)) return { ...reading, packageSize: reading.packageSize ?? measure };
  return { ...reading, alternative: reading.alternative ?? measure };
};

/** "garlic cloves" counted without a unit are cloves of garlic. */
const withTrailingUnit = (reading: Reading, food: string): { unit: string | null; food: string } => {
  const words = food.split(' ');
  const unit = unitSpelled(words.at(-1) ?? '');
  const named = words.slice(0, -1);
  const fits =
    reading.quantity !== null &&
    reading.unit === null &&
    unit !== undefined &&
    TRAILING_UNITS.includes(unit.name) &&
    (unit.name !== 'rib' || /celery|chard/i.test(food)) &&
    named.some(word => !BARE_ADJECTIVES.has(word.toLowerCase()));
  return fits ? { unit: unit.name, food: named.join(' ').replace(/,$/, '') } : { unit: reading.unit, food };
};

const sureness = (line: string, quantity: number | null, food: string): number => {
  if (food === '') return 0;
  const doubts = [
    quantity === null ? 0.15 : 0,
    /\d/.test(food) ? 0.3 : 0,
    Math.max(0, food.split(' ').length - 5) * 0.1,
    Math.max(0, line.length - 120) / 400,
    /\bor\b|\//.test(food) ? 0.1 : 0,
  ];
  return Math.round(100 * Math.max(0.05, 1 - doubts.reduce((sum, doubt) => sum + doubt, 0))) / 100;
};

/** Reads one line of a recipe's ingredients. Never throws: of a line that makes no sense the food is the line itself
 * and `confidence` is low. At most the first 500 characters are read; `text` is always the whole line. */
export const parseLine = (text: string): IngredientLine => {
  const line = plainText(text);
  const { body, brackets } = takeBrackets(line);
  const reading = brackets.reduce(withBracket, readBody(plainNumbers(body)));
  const named = readFood(reading.rest.replace(/^optional\b[\s:,-]*(?=\S)/i, ''));
  const said = [...named.remarks, ...reading.remarks];
  const { unit, food } = withTrailingUnit(reading, named.food || (said.shift() ?? ''));
  const remarks = said
    .map(remark => remark.replace(/^[\s,;.]+|[\s,;.]+$/g, ''))
    .filter(remark => remark !== '' && !/^optional$/i.test(remark));
  return {
    text,
    ...{ quantity: reading.quantity, quantityMax: reading.quantityMax, unit, food },
    preparation: remarks.length > 0 ? remarks.join(', ') : null,
    packageSize: reading.packageSize,
    optional: /\boption+al\b/i.test(line),
    section: null,
    confidence: sureness(line, reading.quantity, food),
    alternative: reading.alternative,
  };
};

const HEADING = /^(?:#+\s*(.+?)|\*\*(.+?):?\*\*:?|(\P{N}.{0,80}?)\s*:|(for (?:the )?[^\d,(]{1,40}))$/iu;

/** The name of a heading such as "For the sauce:"; null when the line is an ingredient. */
const headingOf = (line: string): string | null => {
  const found = HEADING.exec(plainText(line));
  const name = found?.slice(1).find(Boolean);
  return name === undefined || name.split(' ').length > 8 ? null : name.replace(/[\s:*]+$/, '');
};

/** Reads a recipe's ingredient lines in order. A heading is no ingredient: it becomes the `section` of the lines under
 * it, and what stands under "Optional:" is optional. Blank lines are left out. */
export const parseLines = (lines: readonly string[]): IngredientLine[] => {
  let section: string | null = null;
  const parsed: IngredientLine[] = [];
  for (const text of lines) {
    const heading = headingOf(text);
    if (heading !== null) section = heading;
    else if (plainText(text) !== '') {
      const line = parseLine(text);
      parsed.push({ ...line, section, optional: line.optional || /^optional\b/i.test(section ?? '') });
    }
  }
  return parsed;
};
