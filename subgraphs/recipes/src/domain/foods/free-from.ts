import type { Allergen } from '@mealprep360/contracts/vocabulary';
import type { Food, FoodKind } from './food.ts';

/** What a word before a food makes of it ("vegan sausage", "gluten-free flour"). */
export type Adaptation = (food: Food) => Food;

const FROM_ANIMALS: readonly Allergen[] = ['MILK', 'EGGS', 'FISH', 'CRUSTACEANS', 'MOLLUSCS'];
const FLESH: readonly Allergen[] = ['FISH', 'CRUSTACEANS', 'MOLLUSCS'];
const VEGETARIAN_KINDS: readonly FoodKind[] = [
  'plant',
  'extract',
  'alcohol',
  'prepared',
  'honey',
  'egg',
  'milk',
  'lowLactoseMilk',
  'agedCheese',
  'cheese',
];
const DAIRY_KINDS: readonly FoodKind[] = ['milk', 'lowLactoseMilk', 'agedCheese', 'cheese'];

function without(food: Food, allergens: readonly Allergen[]): Food {
  const keep = (allergen: Allergen): boolean => !allergens.includes(allergen);
  return { ...food, contains: food.contains.filter(keep), may: food.may.filter(keep) };
}

function madeOf(food: Food, kind: FoodKind, may: readonly Allergen[]): Food {
  const added = may.filter(allergen => !food.contains.includes(allergen) && !food.may.includes(allergen));
  return { ...food, kind, may: [...food.may, ...added] };
}

// What stands in for an animal food is made of soy, wheat or nuts as a rule.
const vegan: Adaptation = food =>
  food.kind === 'plant' || food.kind === 'unknown'
    ? food
    : madeOf(without(food, FROM_ANIMALS), 'plant', ['SOYBEANS', 'GLUTEN', 'TREE_NUTS']);

const vegetarian: Adaptation = food =>
  VEGETARIAN_KINDS.includes(food.kind) || food.kind === 'unknown'
    ? food
    : madeOf(without(food, FLESH), 'prepared', ['SOYBEANS', 'GLUTEN', 'EGGS', 'MILK']);

const dairyFree: Adaptation = food =>
  DAIRY_KINDS.includes(food.kind)
    ? madeOf(without(food, ['MILK']), 'prepared', ['SOYBEANS', 'TREE_NUTS'])
    : without(food, ['MILK']);

const lactoseFree: Adaptation = food => (food.kind === 'milk' ? { ...food, kind: 'lowLactoseMilk' } : food);

const withoutEggs: Adaptation = food => without(food.kind === 'egg' ? { ...food, kind: 'prepared' } : food, ['EGGS']);
const withoutGluten: Adaptation = food => without(food, ['GLUTEN']);
const withoutNuts: Adaptation = food => without(food, ['TREE_NUTS', 'PEANUTS']);
const withoutPeanuts: Adaptation = food => without(food, ['PEANUTS']);
const withoutSoy: Adaptation = food => without(food, ['SOYBEANS']);

const ADAPTATIONS = new Map<string, Adaptation>(
  Object.entries({
    vegan,
    'plant based': vegan,
    vegetarian,
    meatless: vegetarian,
    'meat free': vegetarian,
    'dairy free': dairyFree,
    'non dairy': dairyFree,
    nondairy: dairyFree,
    'milk free': dairyFree,
    'lactose free': lactoseFree,
    eggless: withoutEggs,
    'egg free': withoutEggs,
    'gluten free': withoutGluten,
    glutenfree: withoutGluten,
    'nut free': withoutNuts,
    'peanut free': withoutPeanuts,
    'soy free': withoutSoy,
  }),
);

/** What the words at this position make of the food after them, and how many words say so. */
export function adaptationOf(
  words: readonly string[],
  position: number,
): { adapt: Adaptation; length: number } | undefined {
  for (const length of [2, 1]) {
    const adapt = ADAPTATIONS.get(words.slice(position, position + length).join(' '));
    if (adapt !== undefined) return { adapt, length };
  }
  return undefined;
}
