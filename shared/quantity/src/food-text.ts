import {
  ADVERBS,
  BARE_ADJECTIVES,
  PARTICIPLES,
  PARTICIPLE_TAILS,
  PRODUCT_PARTICIPLES,
  REMARK_STARTS,
  SIZES,
} from './line-words.ts';

/** What a line names, and what is said about it. */
type FoodText = { food: string; remarks: string[] };

const alternation = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map(word => word.replaceAll('.', '\\.'))
    .join('|');

const SIZE = new RegExp(`^(?:(?:${alternation(SIZES)})(?:[/ ,]|-(?=\\s)| or | to )+(?!fat ))+(?=\\S)`, 'i');
const INNER_SIZE = /(?<=\S )(?:(?:extra )?large|medium|small)(?:[- ]sized?)? (?=\S)/gi;
const REMARK = new RegExp(
  `(?<=\\S)(?:,? (?:${alternation(REMARK_STARTS)})(?=[ .,]|$)|: | - |; (?=i )|(?<=\\p{L}{3})\\. (?=\\p{Lu})| or (?=\\d)| \\+ (?=\\d))`,
  'iu',
);
const WORD_END = /[^\p{L}\p{N}]+$/u;

/** Named by what was done to it: canned tomatoes, ground meat. */
const PRODUCT =
  /^(?:chopped|diced|peeled|sliced|crushed)(?: (?:and|or) \w+)? (?:plum |stewed |canned |tinned )?tomato|^minced (?:\w+ )?(?:beef|lamb|pork|meat|turkey|chicken|veal|mutton)/i;

const bare = (word: string): string => word.toLowerCase().replace(WORD_END, '');
const isParticiple = (word: string): boolean => PARTICIPLES.has(bare(word));
const isAdverb = (word: string): boolean => ADVERBS.has(bare(word));

/** "boneless, skinless chicken breasts, cut" ends at its second comma: before it are only adjectives. */
const endOfFood = (text: string): number => {
  let from = 0;
  for (;;) {
    const comma = text.indexOf(',', from);
    if (comma === -1) return text.length;
    const words = text
      .slice(0, comma)
      .split(/[ ,/&]+/)
      .filter(Boolean);
    if (!words.every(word => BARE_ADJECTIVES.has(bare(word)))) return comma;
    from = comma + 1;
  }
};

/** "large onion finely chopped" ends before "finely". */
const endBeforeParticiple = (words: readonly string[]): number => {
  for (let index = 1; index < words.length; index++) {
    if (!isParticiple(words[index] ?? '')) continue;
    const next = words[index + 1];
    if (next !== undefined && !PARTICIPLE_TAILS.has(bare(next)) && !isParticiple(next)) continue;
    let start = index;
    while (start > 1 && (isAdverb(words[start - 1] ?? '') || isParticiple(words[start - 1] ?? ''))) start--;
    if (words.slice(0, start).every(word => BARE_ADJECTIVES.has(bare(word)))) continue;
    return start;
  }
  return words.length;
};

/** How many words at the start say what was done to the food: "finely chopped fresh parsley" has two. Some make
 * another product of it ("chopped tomatoes" are canned), these stay. */
const leadingParticiples = (words: readonly string[]): number => {
  let end = 0;
  for (let index = 0; index < words.length - 1; index++) {
    const word = words[index] ?? '';
    if (isParticiple(word) && !PRODUCT_PARTICIPLES.has(bare(word))) end = index + 1;
    else if (!(isAdverb(word) && words[index + 1] !== undefined) && !(bare(word) === 'and' && end > 0)) break;
  }
  return PRODUCT.test(words.join(' ')) ? 0 : end;
};

const trimmed = (text: string): string =>
  text.replace(/^[\s.,;:*/|+=&_-]+|[\s.,;:*/|+=&_-]+$/g, '').replace(/\s+/g, ' ');

/** Without the sizes at its start: "medium Yellow Onion" is "Yellow Onion". */
const withoutSize = (text: string): string =>
  text.replace(/^(?:the|of|each|or (?:less|more|so)(?: of)?) (?=\S)/i, '').replace(SIZE, '');

/** Splits what follows the amount into the food and remarks on it. The food keeps its spelling; every remark is in
 * the order of the line. */
export const readFood = (text: string): FoodText => {
  const remarks: string[] = [];
  const cut = (from: string, at: number): string => {
    const rest = trimmed(from.slice(at));
    if (rest !== '') remarks.unshift(rest);
    return trimmed(from.slice(0, at));
  };
  let food = trimmed(withoutSize(text.trim()));
  food = cut(food, endOfFood(food));
  const remark = REMARK.exec(food);
  if (remark) food = cut(food, remark.index);
  const words = food.split(' ');
  const end = endBeforeParticiple(words);
  if (end < words.length) food = cut(food, words.slice(0, end).join(' ').length);
  const start = leadingParticiples(food.split(' '));
  if (start > 0) {
    remarks.unshift(food.split(' ').slice(0, start).join(' '));
    food = food.split(' ').slice(start).join(' ');
  }
  const named = trimmed(withoutSize(food).replace(INNER_SIZE, ''));
  return { food: /^(?:of|the|and|or)$/i.test(named) ? '' : named, remarks };
};
