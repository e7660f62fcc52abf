import type { Allergen } from '@mealprep360/contracts/vocabulary';

/**
 * What a food is made from, as far as diets care. `prepared` is vegetarian but may hold egg, milk or honey;
 * `ambiguous` may hold meat or fish (stock, gravy, shortcrust pastry); `unknown` may be anything.
 */
export type FoodKind =
  | 'plant'
  | 'fermented'
  | 'extract'
  | 'alcohol'
  | 'prepared'
  | 'honey'
  | 'egg'
  | 'milk'
  | 'lowLactoseMilk'
  | 'agedCheese'
  | 'cheese'
  | 'beef'
  | 'pork'
  | 'meat'
  | 'unkosherMeat'
  | 'fish'
  | 'someFish'
  | 'shellfish'
  | 'gelatine'
  | 'ambiguous'
  | 'unknown';

export type Food = {
  kind: FoodKind;
  /** allergens that the food holds by its nature */
  contains: readonly Allergen[];
  /** allergens that some products of this name hold */
  may: readonly Allergen[];
  /** a word for many foods, which yields to those that brackets after it name: jelly (grape), sauce (soy sauce) */
  generic?: boolean;
};

/** A food and the names it goes by: separated by commas, singular or plural, lower case, without accents. */
export type FoodGroup = Partial<Omit<Food, 'kind'>> & { kind: FoodKind; names: string };
