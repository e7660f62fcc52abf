import pluralize from 'pluralize';
import { takeBrackets } from './brackets.ts';
import { readFood } from './food-text.ts';
import { CHEESES, DROPPED, HALF_NAMES, HOT, KEPT_WHOLE, SAME_FOOD, SINGULARS, UNCOUNTED } from './food-words.ts';
import { plainText } from './numbers.ts';

const DROP = new RegExp(`^(?:${[...DROPPED].sort((a, b) => b.length - a.length).join('|')}) (?=\\S)`);

const singular = (word: string): string => {
  const known = SINGULARS[word];
  if (known !== undefined) return known;
  return word.length < 4 || word.includes("'") || UNCOUNTED.has(word) ? word : pluralize.singular(word);
};

const singularWords = (food: string): string => food.split(' ').map(singular).join(' ');

/** "vegetable or chicken stock" is vegetable stock, "butter or lard" is butter. */
const firstChoice = (food: string): string => {
  const choices = food.split(/ (?:and[ /]*)?or |\s*\/\s*/).filter(choice => choice !== '');
  const [first = food] = choices;
  const lastWord = (choices.at(-1) ?? '').split(' ');
  const isHalf = choices.length > 1 && lastWord.length > 1 && HALF_NAMES.has(first.split(' ').at(-1) ?? '');
  return isHalf ? `${first} ${lastWord.at(-1) ?? ''}` : first;
};

const withoutDropped = (food: string): string => {
  let rest = food;
  while (!KEPT_WHOLE.has(singularWords(rest))) {
    const next = rest.replace(DROP, '').replace(HOT, '');
    if (next === rest) break;
    rest = next;
  }
  return rest;
};

/** The food as a shopper calls it: lower case, the first of two choices, without sizes and what is done to it at home.
 * Number (egg, eggs) and the regional name stay as written. */
const shopName = (food: string): string => {
  const plain = takeBrackets(
    plainText(
      food
        .replace(/\p{M}+/gu, '')
        .normalize('NFD')
        .replace(/\p{M}+/gu, ''),
    ),
  ).body;
  // "minced beef" and "sliced bread" keep their first word, so the food is cut to shape before it is lowered.
  const lowered = readFood(plain).food.toLowerCase().replace(/[-,]/g, ' ').replace(/["“”]/g, '');
  const first = firstChoice(lowered.replace(/\s+/g, ' ').trim());
  const canned = /^(?:tinned|tin|canned) (?=\S)/.exec(first)?.[0];
  const chosen =
    canned === undefined ? withoutDropped(first) : `canned ${first.slice(canned.length).replace(DROP, '')}`;
  const cheese = chosen.replace(/ cheese$/, '');
  return CHEESES.has(cheese) ? cheese : chosen;
};

const COLOURED_ONION = /^(?:white|yellow|brown|cooking) (?=onions?$)/;

/** The name under which lines are merged: "8 free-range eggs" and "4 Eggs, beaten" have the key egg, white and yellow
 * onions are onions, red ones are not; extra virgin olive oil is not olive oil. Empty only for blank text. */
export const foodKey = (food: string): string => {
  const name = singularWords(shopName(food));
  return SAME_FOOD[name] ?? name;
};

/** The food's name on a list, as the recipe says it: "eggs", "olive oil", "aubergines". */
export const displayFood = (food: string): string => {
  const name = shopName(food).replace(COLOURED_ONION, '');
  return /\bgarlic\b/.test(name) && foodKey(name) === 'garlic' ? 'garlic' : name;
};
