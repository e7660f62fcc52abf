import { allergen as vocabulary, type Allergen } from '@mealprep360/contracts/vocabulary';
import { readLine, type IngredientLine } from './diets.ts';
import type { Food } from './foods/food.ts';

/** `because`: the ingredient lines that say so, as written. */
type AllergenFinding = { allergen: Allergen; certainty: 'CONTAINS' | 'MAY_CONTAIN'; because: string[] };

type Certainty = AllergenFinding['certainty'];

function foodSays(food: Food, allergen: Allergen): Certainty | undefined {
  if (food.contains.includes(allergen)) return 'CONTAINS';
  return food.may.includes(allergen) || food.kind === 'unknown' ? 'MAY_CONTAIN' : undefined;
}

function lineSays(line: ReturnType<typeof readLine>, allergen: Allergen): Certainty | undefined {
  const certainties = line.choices.map(foods => {
    const said = foods.map(food => foodSays(food, allergen));
    return said.includes('CONTAINS') ? 'CONTAINS' : said.find(certainty => certainty !== undefined);
  });
  // What a line names first is what most people take; the rest of its choices is possible.
  if (certainties[0] === 'CONTAINS' && !line.optional) return 'CONTAINS';
  return certainties.some(certainty => certainty !== undefined) ? 'MAY_CONTAIN' : undefined;
}

/**
 * The EU allergens that the ingredients hold by their nature (CONTAINS) or can hold (MAY_CONTAIN: optional, one of
 * several choices, in some products of that name, or in a food that is not known). What is not listed is not in the
 * ingredients as written; traces from a factory are nobody's knowledge here.
 */
export function findAllergens(lines: readonly IngredientLine[]): AllergenFinding[] {
  const read = lines.map(readLine);
  return vocabulary.options.flatMap(allergen => {
    const said = read.map(line => ({ text: line.text, certainty: lineSays(line, allergen) }));
    const certainty = said.some(line => line.certainty === 'CONTAINS') ? 'CONTAINS' : 'MAY_CONTAIN';
    const because = said.filter(line => line.certainty === certainty).map(line => line.text);
    return because.length === 0 ? [] : [{ allergen, certainty, because }];
  });
}
