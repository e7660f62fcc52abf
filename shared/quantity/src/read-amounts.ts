import { readAmount, type Amount } from './amount.ts';
import { SIZES, UNIT_QUALIFIERS } from './line-words.ts';
import { tidy, type Measure } from './measure.ts';
import { toBase, unitNamed, unitSpelled, type Unit } from './units.ts';

/** What a line says about how much, and the text that names the food. */
export type Amounts = {
  quantity: number | null;
  quantityMax: number | null;
  unit: string | null;
  packageSize: Measure | null;
  alternative: Measure | null;
  rest: string;
};

/** An amount as a measure: the unit of a bare count is ''. */
export const measureOf = ({ quantity, quantityMax, unit }: Amount): Measure => ({
  quantity,
  quantityMax,
  unit: unit ?? '',
});

const kindOf = (unit: string | null): Unit['kind'] | undefined => (unit === null ? undefined : unitNamed(unit)?.kind);
export const isMeasured = (unit: string | null): boolean => kindOf(unit) === 'measure';
/** Sold by the piece rather than packed: an amount in brackets after these is the amount in all. */
const PARTS = ['fillet', 'stick', 'head', 'ball', 'bar', 'block', 'loaf', 'bunch'];
export const isPackage = (unit: string | null): boolean => kindOf(unit) === 'container' && !PARTS.includes(unit ?? '');

const QUALIFIER = new RegExp(
  `^(?:(?:${[...SIZES, ...UNIT_QUALIFIERS].sort((a, b) => b.length - a.length).join('|')})(?:[ ,/-]| or ))+(?=\\S)`,
  'i',
);
const FIRST_WORD = /^[\p{L}-]+\.?(?= |$|,)/u;

/** The unit a text starts with, after sizes and the like: "large heads of cabbage", "peeled cloves garlic". */
const leadingUnit = (text: string): { unit: Unit; rest: string; qualified: boolean } | null => {
  const plain = text.replace(QUALIFIER, '');
  const word = FIRST_WORD.exec(plain)?.[0];
  const unit = word === undefined ? undefined : unitSpelled(word);
  if (word === undefined || !unit) return null;
  return { unit, rest: plain.slice(word.length).trim(), qualified: plain !== text };
};

const isPacking = ({ unit, rest }: { unit: Unit; rest: string }): boolean =>
  rest !== '' && unit.kind === 'container' && (isPackage(unit.name) || /^of /i.test(rest));

const isLength = (unit: string | null): boolean => unit === 'inch' || unit === 'centimeter';

const withoutOf = (text: string): string => text.replace(/^(?:of|[+%]) ?(?=\S)/i, '');

/** Two amounts said as one: "1 lb 2 oz", "1/2 cup + 2 tablespoons", "30 g to 70 g". Null when they are not. */
const joined = (first: Amount, link: string, second: Amount): Amount | null => {
  const [a, b] = [toBase(measureOf(first)), toBase(measureOf(second))];
  if (!isMeasured(first.unit) || a.unit !== b.unit || first.quantityMax !== null) return null;
  const inFirst = tidy((b.quantity * first.quantity) / a.quantity);
  if (!Number.isFinite(inFirst)) return null;
  const { rest } = second;
  if (link === '-' || link === 'to') return inFirst > first.quantity ? { ...first, quantityMax: inFirst, rest } : null;
  const sums = link === '+' || link === 'plus' || link === 'and' || (link === '' && first.unit === 'pound');
  return sums ? { ...first, quantity: tidy(first.quantity + inFirst), rest } : null;
};

const LINK = /^(\/|\||\+|=|-|or|to|plus|and|,)?\s*(?:about )?(?=\.?\d)/i;

/** Takes further amounts that directly follow the first: a second way to say it ("100 g / 3 1/2 oz"), the size of the
 * container ("1 bottle 700 ml"), or a part of it. */
const withFollowing = (first: Amount): Amounts => {
  let amount = first;
  let alternative: Measure | null = null;
  let packageSize: Measure | null = null;
  for (let round = 0; round < 3; round++) {
    const link = LINK.exec(amount.rest);
    if (!link) break;
    const next = readAmount(amount.rest.slice(link[0].length));
    if (!next?.unit) break;
    const whole = joined(amount, (link[1] ?? '').toLowerCase(), next);
    if (whole) {
      amount = whole;
      continue;
    }
    if (isPackage(amount.unit) && isMeasured(next.unit)) packageSize ??= measureOf(next);
    else alternative ??= measureOf(next);
    amount = { ...amount, rest: next.rest };
  }
  return { ...amount, packageSize, alternative };
};

/** "2 x 400 g tins", "4 28 oz cans", "1 8 oz cream cheese": a number of packages of a size. */
const readPackages = (count: Amount): Amounts | null => {
  const size = count.unit === null ? readAmount(count.rest.replace(/^x /i, '')) : null;
  if (!size || !(isMeasured(size.unit) || isLength(size.unit))) return null;
  const following = withFollowing(size);
  const found = leadingUnit(following.rest);
  const container = found && found.rest !== '' ? found : null;
  const tinned = /^(?:tinned|canned) /i.test(following.rest) ? 'can' : null;
  return {
    ...{ quantity: count.quantity, quantityMax: count.quantityMax, unit: container?.unit.name ?? tinned },
    ...{ packageSize: measureOf(size), alternative: following.alternative },
    rest: withoutOf(container?.rest ?? following.rest),
  };
};

/** The amounts a text (numbers in digits, no brackets) starts with; null when it starts with none. */
export const readLeadingAmounts = (text: string): Amounts | null => {
  const first = readAmount(text);
  if (!first) return null;
  if (first.rest.startsWith('%')) return { ...NOTHING, rest: first.rest.slice(1).trim() };
  const packages = readPackages(first);
  if (packages) return packages;
  const amounts = withFollowing(first);
  const found = leadingUnit(amounts.rest);
  if (amounts.unit === null && found && found.rest !== '') {
    return { ...amounts, ...withFollowing({ ...first, unit: found.unit.name, rest: found.rest }) };
  }
  // "28 oz can Chickpeas" is 28 ounces; "8 Cloves" are cloves, not cloves of nothing.
  if (isMeasured(amounts.unit) && found && isPacking(found)) {
    return { ...amounts, rest: withoutOf(found.rest) };
  }
  if (amounts.rest === '' && amounts.unit !== null && !isMeasured(amounts.unit)) {
    return { ...amounts, unit: null, rest: first.unitText };
  }
  const rest = isLength(amounts.unit) ? amounts.rest.replace(/^(?:pieces?|chunks?|knobs?) (?=\S)/i, '') : amounts.rest;
  return { ...amounts, rest: withoutOf(rest.replace(/^x (?=\S)/i, '')) };
};

export const NOTHING: Amounts = {
  ...{ quantity: null, quantityMax: null, unit: null, packageSize: null, alternative: null, rest: '' },
};

/** A unit without a number: "pinch caster sugar", "Sprigs of mint", "small handful of dates". */
export const readUnitAlone = (text: string): Amounts | null => {
  const found = leadingUnit(text);
  if (!found || found.rest === '' || found.unit.name.length < 3) return null;
  const of = /^of /i.test(found.rest);
  const sure =
    found.unit.kind === 'by feel' ||
    found.unit.name === 'bunch' ||
    of ||
    (found.unit.kind === 'measure' && found.qualified);
  return sure ? { ...NOTHING, unit: found.unit.name, rest: withoutOf(found.rest.replace(/^each - ?/i, '')) } : null;
};

/** "2 medium-sized, minced" has no food between the size and the remark. */
export const withoutBareSize = (text: string): string =>
  text.replace(/^(?:extra )?(?:large|medium|small)(?:[- ]sized?)?(?=[,.;]|$)/i, '').trim();

const TRAILING = /^(\p{L}[^\d]{0,80}?)(?:[\s:,=-]+(?:x ?)?)(\.?\d.*)$/u;
const PROSE = /\b(?:cut|into|in|for|per|to|at|with|of|use|i|is|the|if|but|than|chinese)\b/i;

/** An amount after the food: "Sugar 4 tablespoons", "Chickpeas, 400 g", "Eggs: 5". `rest` has the food first. */
export const readTrailingAmounts = (text: string): (Amounts & { after: string }) | null => {
  const [, before = '', from = ''] = TRAILING.exec(text) ?? [];
  if (before === '' || PROSE.test(before) || /\b(?:or|and|plus)$/i.test(before) || before.split(' ').length > 7)
    return null;
  const first = readAmount(from);
  if (!first) return null;
  const amounts = withFollowing(first);
  const after = withoutBareSize(amounts.rest);
  if (amounts.unit === null && after !== '' && !/^[,.;+]/.test(after)) return null;
  return { ...amounts, rest: before.replace(/[\s,:;=-]+$/, ''), after };
};
