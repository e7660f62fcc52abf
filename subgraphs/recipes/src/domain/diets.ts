import { restrictedDiet, type RestrictedDiet as Diet } from '@mealprep360/contracts/vocabulary';
import type { Food, FoodKind } from './foods/food.ts';
import { readFoods } from './foods/read-foods.ts';

type Answer = 'yes' | 'no' | 'depends';

/** An ingredient line as written; `optional` when the recipe can do without it. */
export type IngredientLine = { text: string; optional?: boolean };

/** `because`: the lines (or the title) that keep the answer from being yes, as written. */
type DietVerdict = { verdict: Answer; because: string[] };

type IngredientDiet = 'VEGAN' | 'VEGETARIAN' | 'HALAL' | 'KOSHER' | 'HINDU';

const DIETS_BY_KIND = ['VEGAN', 'VEGETARIAN', 'HALAL', 'KOSHER', 'HINDU'] as const;

// One letter per diet, in the order of DIETS_BY_KIND: yes, no, depends.
//
// VEGETARIAN is lacto-ovo: cheese counts by its milk, not by its rennet. HALAL and KOSHER meat depends on slaughter,
// cheese on rennet, wine on supervision. HINDU is proved only without meat, fish, egg, rennet and alcohol.
const BY_KIND: Readonly<Record<FoodKind, string>> = {
  plant: 'yyyyy',
  fermented: 'yyddy',
  extract: 'yydyd',
  alcohol: 'dyndd',
  prepared: 'dyddd',
  honey: 'nyyyy',
  egg: 'nyyyd',
  milk: 'nyyyy',
  lowLactoseMilk: 'nyyyy',
  agedCheese: 'nyddd',
  cheese: 'nyddd',
  beef: 'nnddn',
  pork: 'nnnnd',
  meat: 'nnddd',
  unkosherMeat: 'nndnd',
  fish: 'nnyyd',
  someFish: 'nnydd',
  shellfish: 'nndnd',
  gelatine: 'nnddd',
  ambiguous: 'ddddd',
  unknown: 'ddddd',
};

const ANSWERS: Readonly<Record<string, Answer>> = { y: 'yes', n: 'no', d: 'depends' };

function byKind(diet: IngredientDiet, kind: FoodKind): Answer {
  return ANSWERS[BY_KIND[kind].charAt(DIETS_BY_KIND.indexOf(diet))] ?? 'depends';
}

const isUnclear = (food: Food): boolean => food.kind === 'ambiguous' || food.kind === 'unknown';

function glutenFree(food: Food): Answer {
  if (food.contains.includes('GLUTEN')) return 'no';
  return food.may.includes('GLUTEN') || isUnclear(food) ? 'depends' : 'yes';
}

/** Low in lactose is less than 1 g in 100 g, the limit the Nordic food agencies use: butter and aged cheese are. */
function lowLactose(food: Food): Answer {
  if (food.contains.includes('MILK')) {
    if (food.kind === 'lowLactoseMilk' || food.kind === 'agedCheese') return 'yes';
    return food.kind === 'cheese' ? 'depends' : 'no';
  }
  return food.may.includes('MILK') || isUnclear(food) ? 'depends' : 'yes';
}

function foodAnswer(diet: Diet, food: Food): Answer {
  switch (diet) {
    case 'GLUTEN_FREE':
      return glutenFree(food);
    case 'LOW_LACTOSE':
      return lowLactose(food);
    case 'VEGAN':
    case 'VEGETARIAN':
    case 'HALAL':
    case 'KOSHER':
    case 'HINDU':
      return byKind(diet, food.kind);
    // How much sugar, fat, salt or energy is in a dish, the names of its ingredients cannot prove.
    case 'DIABETIC':
    case 'LOW_CALORIE':
    case 'LOW_FAT':
    case 'LOW_SALT':
      return 'depends';
  }
}

function worst(answers: readonly Answer[]): Answer {
  if (answers.includes('no')) return 'no';
  return answers.includes('depends') ? 'depends' : 'yes';
}

type ReadLine = { text: string; optional: boolean; choices: readonly (readonly Food[])[] };

function lineAnswer(diet: Diet, line: ReadLine): Answer {
  const answers = line.choices.map(foods => worst(foods.map(food => foodAnswer(diet, food))));
  if (answers.length === 0) return 'yes';
  // A choice that is known to fit makes a line fit for those who take it.
  const answer = answers.includes('yes') && worst(answers) === 'no' ? 'depends' : worst(answers);
  return line.optional && answer === 'no' ? 'depends' : answer;
}

const SAYS_OPTIONAL = /\boption+al+(?:ly)?\b|\bif desired\b|\bif (?:you )?(?:like|want|wish)\b/i;

/** Reads a line's foods; a line is optional when the caller or its own words say so. */
export function readLine(line: IngredientLine): ReadLine {
  return {
    text: line.text,
    optional: line.optional === true || SAYS_OPTIONAL.test(line.text),
    choices: readFoods(line.text),
  };
}

const FLESH: readonly FoodKind[] = ['beef', 'pork', 'meat', 'unkosherMeat', 'fish', 'shellfish'];
const NOT_ABOUT_ITS_FOODS =
  /\b(?:vegan|vegetarian|meatless|meat-free|veggie|mock|faux|dressing|sauce|bun|seasoning|rub|marinade|spice|glaze)s?\b/i;

/** A title that promises meat or fish which no line names: the lines are not the whole truth. */
function readTitle(title: string): ReadLine | undefined {
  if (NOT_ABOUT_ITS_FOODS.test(title)) return undefined;
  const flesh = readFoods(title)
    .flat()
    .filter(food => FLESH.includes(food.kind));
  return flesh.length === 0 ? undefined : { text: title, optional: true, choices: [flesh] };
}

function meatAndMilk(lines: readonly ReadLine[]): string[] {
  const naming = (isSuch: (food: Food) => boolean): string[] =>
    lines
      .filter(line => !line.optional && line.choices.every(foods => foods.some(isSuch)) && line.choices.length > 0)
      .map(line => line.text);
  const meat = naming(food => food.kind === 'beef' || food.kind === 'meat');
  const milk = naming(food => food.contains.includes('MILK'));
  return meat.length > 0 && milk.length > 0 ? [...meat, ...milk] : [];
}

function verdictOn(diet: Diet, lines: readonly ReadLine[]): DietVerdict {
  const mixed = diet === 'KOSHER' ? meatAndMilk(lines) : [];
  if (mixed.length > 0) return { verdict: 'no', because: mixed };
  const answers = lines.map(line => lineAnswer(diet, line));
  const verdict = lines.length === 0 ? 'depends' : worst(answers);
  const because =
    verdict === 'yes' ? [] : lines.filter((_, index) => answers[index] === verdict).map(line => line.text);
  return { verdict, because };
}

/**
 * What the ingredients say about each diet: yes only when every one of them is known to fit, no when one that must be
 * in does not, depends for all the rest (a choice, an optional ingredient, a food that is unknown or sold with and
 * without). A recipe without ingredients proves nothing.
 */
export function dietVerdict(lines: readonly IngredientLine[], title?: string): Record<Diet, DietVerdict> {
  const read = lines.filter(line => line.text.trim() !== '').map(readLine);
  const promised = title === undefined || read.length === 0 ? undefined : readTitle(title);
  const evidence = promised === undefined ? read : [...read, promised];
  const on = (diet: Diet): DietVerdict => verdictOn(diet, evidence);
  return {
    DIABETIC: on('DIABETIC'),
    GLUTEN_FREE: on('GLUTEN_FREE'),
    HALAL: on('HALAL'),
    HINDU: on('HINDU'),
    KOSHER: on('KOSHER'),
    LOW_CALORIE: on('LOW_CALORIE'),
    LOW_FAT: on('LOW_FAT'),
    LOW_LACTOSE: on('LOW_LACTOSE'),
    LOW_SALT: on('LOW_SALT'),
    VEGAN: on('VEGAN'),
    VEGETARIAN: on('VEGETARIAN'),
  };
}

/** The diets that the ingredients prove. */
export function suitableForDiet(lines: readonly IngredientLine[], title?: string): Diet[] {
  const verdicts = dietVerdict(lines, title);
  return restrictedDiet.options.filter(diet => verdicts[diet].verdict === 'yes');
}
