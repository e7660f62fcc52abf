import { repairDuration } from './duration.ts';
import type { UserError } from '@mealprep360/service/fault';
import { isNode, listOf, textOf, type JsonLdNode } from './json-ld-node.ts';
import { plainLine } from './plain-text.ts';
import { isWebAddress, NUTRIENT_UNITS, NUTRIENTS, type Nutrient, type RecipeDraft } from './recipe-draft.ts';

// Each reader says with `warn` what its source got wrong and what was assumed instead.

export type Warn = (code: string, message: string, path: string[]) => void;

/** Keeps warnings, up to a number that a person can read. */
export function warnings(max = 50): { list: UserError[]; warn: Warn } {
  const list: UserError[] = [];
  return {
    list,
    warn: (code, message, path) => {
      if (list.length < max) list.push({ code, message, path });
    },
  };
}

export function lineOf(value: unknown): string | null {
  const text = textOf(value);
  return text === null ? null : plainLine(text);
}

// In a list, so that what JSON has no word for is shown as well.
const shown = (value: unknown): string => JSON.stringify([value]).slice(1, -1).slice(0, 80);

/** An address of the web from a text or from an object's url, contentUrl or @id. */
export function addressOf(value: unknown, path: string[], warn: Warn): string | null {
  const written = listOf(isNode(value) ? (value.url ?? value.contentUrl ?? value['@id']) : value)[0];
  if (written === undefined || written === '') return null;
  const address = typeof written === 'string' ? written.trim() : null;
  if (address !== null && isWebAddress(address)) return address;
  warn('ADDRESS_DROPPED', `${shown(written)} is no address that starts with http:// or https://; left out.`, path);
  return null;
}

export function imagesOf(value: unknown, path: string[], warn: Warn): string[] {
  const addresses = listOf(value).flatMap((image, index) => {
    const address = addressOf(image, Array.isArray(value) ? [...path, String(index)] : path, warn);
    return address === null ? [] : [address];
  });
  return [...new Set(addresses)];
}

export function durationFrom(value: unknown, path: string[], warn: Warn): string | null {
  const written = isNode(value) ? textOf(value.maxValue ?? value.minValue) : textOf(value);
  if (written === null) return null;
  const read = repairDuration(written);
  if (read === null) {
    warn('DURATION_UNREADABLE', `${shown(written)} is no duration such as PT45M; left out.`, path);
    return null;
  }
  if (read.repaired) warn('DURATION_REPAIRED', `${shown(written)} was taken to mean ${read.minutes} minutes.`, path);
  return read.duration;
}

/** The yield as written; of several spellings ("4", "4 servings") the first that says of what. */
export function yieldOf(value: unknown): string | null {
  const spellings = listOf(value).flatMap(item => {
    const written =
      isNode(item) && !('@value' in item) ? `${lineOf(item.value) ?? ''} ${lineOf(item.unitText) ?? ''}` : lineOf(item);
    return written === null || written.trim() === '' ? [] : [written.trim()];
  });
  return spellings.find(spelling => /\p{Letter}/u.test(spelling)) ?? spellings[0] ?? null;
}

// More than any list of them holds, so that too many are still seen to be.
const MAX_NAMES = 1000;

/** Names from a list or, as many pages write them, from one text with commas. */
export function namesOf(value: unknown): string[] {
  const written = typeof value === 'string' ? value.split(',', MAX_NAMES) : listOf(value).slice(0, MAX_NAMES);
  const names = written.map(item => lineOf(isNode(item) && 'name' in item ? item.name : item));
  return [...new Set(names.filter(name => name !== null))];
}

/** Keywords, split at commas wherever they stand. */
export const keywordsOf = (value: unknown): string[] => [
  ...new Set(
    listOf(value)
      .slice(0, MAX_NAMES)
      .flatMap(item => namesOf(isNode(item) ? item.name : typeof item === 'number' ? String(item) : item)),
  ),
];

const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** An ISO 8601 date or time as a time in UTC; a time without an offset is taken as UTC. */
export function timeOf(value: unknown, path: string[], warn: Warn): string | null {
  const written = lineOf(value);
  if (written === null) return null;
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/.test(written.slice(10));
  const time = ISO_TIME.test(written) ? Date.parse(written.length > 10 && !hasOffset ? `${written}Z` : written) : NaN;
  if (!Number.isNaN(time) && new Date(time).getUTCFullYear() > 0) return new Date(time).toISOString();
  warn('DATE_UNREADABLE', `${shown(written)} is no ISO 8601 date; left out.`, path);
  return null;
}

// Names that some publishers use instead of schema.org's.
const OTHER_NAMES: Readonly<Partial<Record<Nutrient, readonly string[]>>> = {
  calories: ['Total Calories', 'Calories'],
  fatContent: ['Total Fat'],
  saturatedFatContent: ['Saturated Fat'],
  carbohydrateContent: ['Carbohydrates'],
  fiberContent: ['Dietary Fiber', 'fibreContent'],
  sugarContent: ['Total Sugars'],
  proteinContent: ['Protein'],
  sodiumContent: ['Sodium'],
  cholesterolContent: ['Cholesterol'],
};

export function nutritionOf(value: unknown, path: string[], warn: Warn): RecipeDraft['nutrition'] {
  const node = listOf(value).find(isNode);
  if (node === undefined) return null;
  const figure = (nutrient: Nutrient): number | null => figureOf(node, nutrient, path, warn);
  const read = {
    servingSize: lineOf(node.servingSize),
    calories: figure('calories'),
    fatContent: figure('fatContent'),
    saturatedFatContent: figure('saturatedFatContent'),
    carbohydrateContent: figure('carbohydrateContent'),
    fiberContent: figure('fiberContent'),
    sugarContent: figure('sugarContent'),
    proteinContent: figure('proteinContent'),
    sodiumContent: figure('sodiumContent'),
    cholesterolContent: figure('cholesterolContent'),
  };
  return read.servingSize === null && NUTRIENTS.every(nutrient => read[nutrient] === null) ? null : read;
}

const IN_UNIT: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  kcal: { '': 1, kcal: 1, cal: 1, calorie: 1, kilocalorie: 1, kj: 1 / 4.184, kilojoule: 1 / 4.184 },
  g: { '': 1, g: 1, gr: 1, gram: 1, gramme: 1, mg: 0.001, milligram: 0.001, kg: 1000 },
  mg: { '': 1, mg: 1, milligram: 1, g: 1000, gr: 1000, gram: 1000, gramme: 1000, mcg: 0.001, µg: 0.001 },
};

function figureOf(node: JsonLdNode, nutrient: Nutrient, path: string[], warn: Warn): number | null {
  const name = [nutrient, ...(OTHER_NAMES[nutrient] ?? [])].find(key => Object.hasOwn(node, key));
  const written = name === undefined ? null : lineOf(node[name]);
  if (name === undefined || written === null) return null;
  const unit = NUTRIENT_UNITS[nutrient];
  const parts = /^[~<≤]?\s*(\d+(?:[.,]\d+)*(?:e[+-]?\d+)?)\s*([\p{Letter}]*)/iu.exec(written);
  const factor = IN_UNIT[unit]?.[(parts?.[2] ?? '').toLowerCase().replace(/(?<=...)s$/, '')];
  const given = numberOf(parts?.[1] ?? '');
  const amount = factor === 1 ? given : Number((given * (factor ?? NaN)).toFixed(6));
  if (Number.isFinite(amount) && amount <= 1e6) return amount;
  warn('NUTRITION_UNREADABLE', `${shown(written)} is no amount in ${unit}; left out.`, [...path, name]);
  return null;
}

/** 1,200 is twelve hundred, 8,5 is eight and a half. */
function numberOf(digits: string): number {
  if (digits === '') return NaN;
  return Number(/^\d{1,3}(?:,\d{3})+(?:\.|e|$)/i.test(digits) ? digits.replaceAll(',', '') : digits.replace(',', '.'));
}
