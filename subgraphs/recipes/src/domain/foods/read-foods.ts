import pluralize from 'pluralize';
import { ANIMALS } from './animals.ts';
import type { Food } from './food.ts';
import { adaptationOf, type Adaptation } from './free-from.ts';
import { EQUIPMENT, PLAIN_WORDS } from './plain-words.ts';
import { PLANTS } from './plants.ts';
import { PREPARED } from './prepared.ts';

/** What a line of a recipe is about: the ways to fill it ("oil or lard" has two), each with all the foods it takes. */
type FoodChoice = readonly Food[];

type Entry = Food | 'plain' | 'equipment';

const UNKNOWN: Food = { kind: 'unknown', contains: [], may: [] };
const NUMBER = '#';
const MAX_WORDS_IN_A_NAME = 6;
const MAX_CHOICES = 16;
const LONG_REMARK = 10;
const MAX_REMEMBERED_WORDS = 20_000;

const singularOf = new Map<string, string>();

function singular(word: string): string {
  const known = singularOf.get(word);
  if (known !== undefined) return known;
  // One spelling for cookie, cookies and what pluralize makes of them: cooky.
  const found = pluralize.singular(word).replace(/(?<=.{2})ie$/, 'y');
  if (singularOf.size < MAX_REMEMBERED_WORDS) singularOf.set(word, found);
  return found;
}

/** Lower-case words without accents in the singular; every number becomes "#". */
function wordsOf(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss');
  const words = folded
    .replace(/['’]s(?![\p{Letter}])|['’]/gu, '')
    .match(/\p{Number}[\p{Number}./⁄]*\p{Letter}*|\p{Letter}+/gu);
  return (words ?? []).map(word => (/^\p{Number}/u.test(word) ? NUMBER : singular(word)));
}

const dictionary = new Map<string, Entry>();
const learn = (names: string, entry: Entry): void => {
  for (const name of names.split(',')) dictionary.set(wordsOf(name).join(' '), entry);
};
learn(PLAIN_WORDS, 'plain');
learn(EQUIPMENT, 'equipment');
for (const { names, contains = [], may = [], ...rest } of [...PLANTS, ...PREPARED, ...ANIMALS]) {
  learn(names, { contains, may, ...rest });
}

/** The longest name that starts at this word, and how many words it has. */
function lookUp(words: readonly string[], start: number): { entry: Entry | undefined; length: number } {
  for (let length = Math.min(MAX_WORDS_IN_A_NAME, words.length - start); length > 0; length -= 1) {
    const entry = dictionary.get(words.slice(start, start + length).join(' '));
    if (entry !== undefined) return { entry, length };
  }
  const word = words[start] ?? '';
  return { entry: word === NUMBER || /^[a-z]$/.test(word) ? 'plain' : undefined, length: 1 };
}

const DENYING = new Set(['no', 'not', 'non', 'without']);

const FREE_ON_ITS_OWN = new Set(['range', 'from', 'of', 'roaming', 'run']);

/** "Nut free", but not "chicken free range". */
function isCalledFree(words: readonly string[], next: number): boolean {
  return words[next] === 'free' && !FREE_ON_ITS_OWN.has(words[next + 1] ?? '');
}

type Reading = { foods: Food[]; sawEquipment: boolean };

/** The foods that a run of words names. A word that is in no table is an unknown food, unless strangers may pass. */
function readWords(words: readonly string[], strangersPass: boolean): Reading {
  const reading: Reading = { foods: [], sawEquipment: false };
  let adaptations: Adaptation[] = [];
  let position = 0;
  while (position < words.length) {
    const adaptation = adaptationOf(words, position);
    if (adaptation !== undefined) {
      adaptations.push(adaptation.adapt);
      position += adaptation.length;
      continue;
    }
    const { entry, length } = lookUp(words, position);
    const denied = DENYING.has(words[position - 1] ?? '') || isCalledFree(words, position + length);
    if (entry === 'equipment') reading.sawEquipment = true;
    if (entry === undefined && !strangersPass) reading.foods.push(UNKNOWN);
    if (typeof entry === 'object' && !denied)
      reading.foods.push(adaptations.reduce((food, adapt) => adapt(food), entry));
    if (typeof entry !== 'object') adaptations = [];
    position += length;
  }
  return reading;
}

const BETWEEN_PHRASES = /[,;:!?&•|"“”]|\.(?!\d)|\s[-–—+]+\s/;
const SENTENCE = /\b(?:i|you|it|its|is|are|was|we|they|this|that|can|will|don|if|when)\b/;
const LISTING = /\b(?:or|and|with|plus|such|like|eg|add|use|substitute|replace|prefer|preferably|as)\b/;

/** A remark in whole sentences ("it should be crisp") may hold words that are in no table; a list of foods may not. */
function isRemark(words: readonly string[]): boolean {
  const text = words.join(' ');
  return words.length >= 4 && SENTENCE.test(text) && !LISTING.test(text);
}

function readText(text: string, isFirst: boolean): Reading {
  const reading: Reading = { foods: [], sawEquipment: false };
  for (const phrase of text.split(BETWEEN_PHRASES)) {
    const words = wordsOf(phrase);
    const { foods, sawEquipment } = readWords(words, isRemark(words) && (!isFirst || reading.foods.length > 0));
    reading.foods.push(...foods);
    reading.sawEquipment ||= sawEquipment;
  }
  return reading;
}

const ALTERNATIVES = /\bor\b|(?<=\p{Letter}\s?)\/(?=\s?\p{Letter})|\balternatively\b|\binstead of\b|\bsubstitute\b/giu;

/** More choices than anyone means: all their foods together, so that none is lost. */
function bounded(choices: FoodChoice[]): FoodChoice[] {
  return choices.length > MAX_CHOICES ? [choices.flat()] : choices;
}

/** Every way to take one of the first and one of the second. */
function combine(first: FoodChoice[], second: FoodChoice[]): FoodChoice[] {
  if (second.length === 0) return first;
  if (first.length === 0) return second;
  return bounded(first.flatMap(one => second.map(other => [...one, ...other])));
}

const isGeneric = (food: Food): boolean => food.generic === true;
const isClear = (food: Food): boolean => food.kind !== 'unknown' && food.kind !== 'ambiguous';

/** "Tomato paste/sauce" is about tomato paste and tomato sauce. */
function withItsNoun(piece: string, before: string | undefined): string {
  const [word, ...others] = wordsOf(piece);
  const entry = word === undefined || others.length > 0 ? undefined : dictionary.get(word);
  if (before === undefined || typeof entry !== 'object' || !isGeneric(entry)) return piece;
  const whole = `${wordsOf(before).at(-2) ?? ''} ${word ?? ''}`;
  return dictionary.has(whole) ? whole : piece;
}

function choicesOf(text: string, isFirst: boolean): { choices: FoodChoice[]; sawEquipment: boolean } {
  const pieces = text.replace(/\band\s?\/\s?or\b/gi, 'or').split(ALTERNATIVES);
  const readings = pieces.map((piece, index) => readText(withItsNoun(piece, pieces[index - 1]), isFirst));
  return {
    choices: bounded(readings.map(reading => reading.foods).filter(foods => foods.length > 0)),
    sawEquipment: readings.some(reading => reading.sawEquipment),
  };
}

const BRACKET = /[([]([^()[\]]*)[)\]]?/g;
const OPENS_ALTERNATIVE = /^\s*(?:or|alternatively|optionally|substitute)\b/i;
const ADDS_MORE = /\b(?:with|without|and|add|plus|no|not)\b/i;

function withBracket(choices: FoodChoice[], bracket: string): FoodChoice[] {
  const inside = choicesOf(bracket, choices.length === 0).choices;
  // A long remark names what others take; a short one says what the food is.
  if (OPENS_ALTERNATIVE.test(bracket) || wordsOf(bracket).length > LONG_REMARK) return bounded([...choices, ...inside]);
  const saysWhich = inside.length > 0 && inside.flat().every(isClear) && !ADDS_MORE.test(bracket);
  return combine(saysWhich ? choices.map(foods => foods.filter(food => !isGeneric(food))) : choices, inside);
}

/** A label before a colon ("Topping: orange jam") says no more than what comes after it. */
function withoutLabel(line: string): string {
  const label = /^([^:()]*):(?=\s*\S)/.exec(line)?.[1];
  if (label === undefined) return line;
  return choicesOf(label, true).choices.flat().every(isGeneric) ? line.slice(label.length + 1) : line;
}

/**
 * The foods that an ingredient line names, as the choices it leaves. Whatever the tables do not know is in it as an
 * unknown food; a line about nothing known at all is one. Empty for a heading ("For the dough:") and for equipment.
 */
export function readFoods(line: string): FoodChoice[] {
  const text = withoutLabel(line);
  const outside = choicesOf(text.replace(BRACKET, ' '), true);
  const brackets = [...text.matchAll(BRACKET)].map(match => match[1] ?? '');
  const choices = brackets.reduce(withBracket, outside.choices);
  const isHeading = /:\s*$/.test(text) && choices.flat().every(isGeneric);
  if (isHeading || text.trim() === '') return [];
  return choices.flat().length > 0 || outside.sawEquipment ? choices : [[UNKNOWN]];
}
