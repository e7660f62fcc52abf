import { aisleOf, isKnownFood } from './aisle.ts';
import { takeBrackets } from './brackets.ts';
import { displayFood, foodKey } from './food-key.ts';
import type { IngredientLine } from './ingredient-line.ts';
import type { Measure } from './measure.ts';
import { plainText } from './numbers.ts';
import { scaleLine } from './scale.ts';
import { addMeasures } from './sum.ts';

/** A recipe line that is wanted `factor` times; `ref` is the caller's own mark of where it comes from. */
export type Source<R> = { line: IngredientLine; factor: number; ref: R };

/** One food of a shopping list: what all lines that name it ask for together. */
export type MergedFood<R> = {
  /** merged by this; see `foodKey` */
  key: string;
  food: string;
  /** one per family that cannot be added; see `addMeasures` */
  amounts: Measure[];
  /** some line names it without an amount */
  asNeeded: boolean;
  /** each line as written, and its scaled amount (null without one) */
  sources: { ref: R; line: string; measure: Measure | null }[];
};

type Group<R> = { names: string[]; sources: MergedFood<R>['sources'] };

const AND = / (?:and|&) |;|,/;

/** The foods a line asks for. Without an amount "Salt and pepper" and "Onion, celery, carrot and garlic" are several
 * things to buy; with one ("1 cup peas and carrots") they are one. What follows the first comma counts only when it
 * is a known food, as "chopped" is none. */
const foodsOf = (line: IngredientLine): string[] => {
  if (line.quantity !== null) return [line.food];
  const named = line.food
    .split(AND)
    .map(part => part.trim())
    .filter(Boolean);
  const first =
    named.length > 1 && named.every(part => line.food.includes(';') || aisleOf(part) !== 'other') ? named : [line.food];
  const listed = takeBrackets(plainText(line.text))
    .body.split(AND)
    .map(part => part.replace(/^ ?(?:and|some|a few) | (?:to taste|optional)\b.*|[.;]+$/gi, '').trim())
    .filter(part => isKnownFood(part));
  const keys = new Set(first.map(foodKey));
  return [...first, ...listed.filter(part => !keys.has(foodKey(part)) && keys.add(foodKey(part)))];
};

/** A can of something fresh is another purchase: canned tomatoes are no tomatoes. */
const keyOf = (food: string, unit: string | null): string => {
  const key = foodKey(food);
  const isFresh = ['fruit and veg', 'meat and seafood'].includes(aisleOf(key));
  return unit === 'can' && isFresh && !key.startsWith('canned ') ? `canned ${key}` : key;
};

const measureOf = ({ quantity, quantityMax, unit }: IngredientLine): Measure | null =>
  quantity === null ? null : { quantity, quantityMax, unit: unit ?? '' };

/** The commonest name, in its plural if any line has it. */
const nameOf = (key: string, names: readonly string[]): string => {
  const counts = Map.groupBy(names, name => name);
  const [top = key] = [...counts].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))[0] ?? [];
  const plurals = [`${top}s`, `${top}es`, top.replace(/y$/, 'ies'), top.replace(/fe?$/, 'ves')];
  const name = names.find(other => other !== top && plurals.includes(other)) ?? top;
  return key.startsWith('canned ') && !name.startsWith('canned ') ? `canned ${name}` : name;
};

/** Merges recipe lines into foods to buy, in the order in which they are first named. Amounts are scaled and summed
 * without rounding; an amount said twice ("1 pound (500g)") counts once, as first said. */
export const mergeLines = <R>(sources: readonly Source<R>[]): MergedFood<R>[] => {
  const groups = new Map<string, Group<R>>();
  for (const { line, factor, ref } of sources) {
    const measure = measureOf(scaleLine(line, factor));
    for (const food of foodsOf(line)) {
      const key = keyOf(food, line.unit);
      if (key === '') continue;
      const group = groups.get(key) ?? { names: [], sources: [] };
      group.names.push(displayFood(food));
      group.sources.push({ ref, line: line.text, measure });
      groups.set(key, group);
    }
  }
  return [...groups].map(([key, group]) => ({
    key,
    food: nameOf(key, group.names),
    amounts: addMeasures(group.sources.flatMap(({ measure }) => measure ?? [])),
    asNeeded: group.sources.some(({ measure }) => measure === null),
    sources: group.sources,
  }));
};
