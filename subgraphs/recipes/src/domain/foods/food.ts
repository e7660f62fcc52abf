/** The 14 allergens that Regulation (EU) No 1169/2011, Annex II, wants to see declared. */
export const ALLERGENS = [
  'GLUTEN',
  'CRUSTACEANS',
  'EGGS',
  'FISH',
  'PEANUTS',
  'SOYBEANS',
  'MILK',
  'TREE_NUTS',
  'CELERY',
  'MUSTARD',
  'SESAME',
  'SULPHITES',
  'LUPIN',
  'MOLLUSCS',
] as const;

export type Allergen = (typeof ALLERGENS)[number];

/**
 * What a food is made from, as far as diets care. `prepared` is vegetarian but may hold egg, milk or honey;
 * `ambiguous` may hold meat or fish (stock, gravy, shortcrust pastry); `unknown` may be anything.
 */
export type FoodKind =
  | 'plant'
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
};

/** A food and the names it goes by: separated by commas, singular or plural, lower case, without accents. */
export type FoodGroup = Partial<Omit<Food, 'kind'>> & { kind: FoodKind; names: string };
