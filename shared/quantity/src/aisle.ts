import { AISLES } from './aisle-data.ts';
import { foodKey } from './food-key.ts';

const OTHER = 'other';
const TINS = 'tinned goods and baking';
const SPICES = 'dried herbs and spices';
const PACKAGED = 'packaged goods, pasta and sauces';

const entries = (foods: string): string[] =>
  foods
    .split(/[|\n]/)
    .map(food => food.trim())
    .filter(Boolean);

/** The aisles in the order of a walk through a shop; 'other' is the last. */
export const aisles: readonly string[] = [...AISLES.map(({ name }) => name), OTHER];

// The names that are listed win over our own; the first aisle that names a food keeps it.
const aisleByFood = new Map<string, string>();
for (const foods of ['listed', 'further'] as const) {
  for (const aisle of AISLES) {
    for (const food of entries(aisle[foods])) {
      for (const name of [food.toLowerCase(), foodKey(food)]) {
        if (!aisleByFood.has(name)) aisleByFood.set(name, aisle.name);
      }
    }
  }
}

/** The longest run of words that is a known food; of two equally long ones the later, where the head noun stands. */
const longestMatch = (key: string): string | undefined => {
  const words = key.split(' ').slice(0, 12);
  for (let length = words.length; length > 0; length--) {
    for (let start = words.length - length; start >= 0; start--) {
      const aisle = aisleByFood.get(words.slice(start, start + length).join(' '));
      if (aisle !== undefined) return aisle;
    }
  }
  return undefined;
};

/** Whether exactly this food is in the table, in any spelling that has the same key. */
export const isKnownFood = (food: string): boolean => aisleByFood.has(foodKey(food));

/** The aisle a food is found in: one of `aisles`, 'other' when nothing in the name is known. */
export const aisleOf = (food: string): string => {
  const exact = aisleByFood.get(food.trim().toLowerCase());
  if (exact !== undefined) return exact;
  const key = foodKey(food);
  const known = aisleByFood.get(key);
  if (known !== undefined) return known;
  const match = longestMatch(key);
  if (match === undefined) return OTHER;
  if (key.startsWith('canned ')) return TINS;
  if (key.startsWith('frozen ')) return PACKAGED;
  return /^(?:dried|dry|ground|powdered) /.test(key) && match === AISLES[0]?.name ? SPICES : match;
};
