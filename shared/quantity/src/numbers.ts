import { APPROXIMATIONS, FRACTION_WORDS, NUMBER_WORDS, VAGUE_AMOUNTS } from './line-words.ts';

const VULGAR: Readonly<Record<string, string>> = {
  ...{ '½': '1/2', '⅓': '1/3', '⅔': '2/3', '¼': '1/4', '¾': '3/4', '⅕': '1/5', '⅖': '2/5', '⅗': '3/5', '⅘': '4/5' },
  ...{ '⅙': '1/6', '⅚': '5/6', '⅐': '1/7', '⅛': '1/8', '⅜': '3/8', '⅝': '5/8', '⅞': '7/8', '⅑': '1/9', '⅒': '1/10' },
};

/** How much of a line is read; what follows is kept as text only. */
const LONGEST = 500;

/** One line of plain characters: fractions as 1/2, dashes as -, no control or direction characters, single spaces. */
export const plainText = (text: string): string =>
  text
    .slice(0, LONGEST)
    .replace(/(\d?)\s*([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒])/g, (_, digit: string, sign: string) => `${digit} ${VULGAR[sign] ?? ''}`)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zs}\p{Zl}\p{Zp}]/gu, character => (/[\p{Cf}\p{Cs}]/u.test(character) ? '' : ' '))
    .replace(/[⁄∕]/g, '/')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/[’‘`´]/g, "'")
    .replace(/[“”″]/g, '"')
    .replace(/[×✕]/g, 'x')
    .replace(/(\p{L})\((?:e?s)\)/gu, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();

const alternation = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).join('|');
const NUMBER_WORD = alternation(Object.keys(NUMBER_WORDS));
const FRACTION_WORD = alternation(Object.keys(FRACTION_WORDS));
const NUMBER = String.raw`\d+(?:\.\d+)?(?: \d+\/\d+)?|\d+\/\d+`;

type Rewrite = readonly [pattern: RegExp, to: string | ((...found: string[]) => string)];
const digits = (word: string): string => String(NUMBER_WORDS[word.toLowerCase()] ?? word);
const fraction = (word: string): string => FRACTION_WORDS[word.toLowerCase()] ?? word;
const rule = (pattern: string, to: Rewrite[1]): Rewrite => [new RegExp(pattern, 'giu'), to];
const isMixed = (whole: string, upper: string, lower: string): boolean =>
  Number(whole) > 0 && Number(upper) < Number(lower);

// In order; each makes one habit of writing plain for the reader of amounts.
const REWRITES: readonly Rewrite[] = [
  rule(String.raw`(\d)\s*~\s*(?=\d)`, '$1-'),
  rule(String.raw`\b(table|tea) spoon`, '$1spoon'),
  rule(String.raw`^(\d+) (?:\d+\/)?\d+[ -](?:inch|in|cm)[ -]thick `, '$1 '),
  rule(String.raw`(\d) ?in\.? (?=piece|knob|chunk|thick|long|fresh)`, '$1 inch '),
  rule(String.raw`(\d) (?:large|medium|small) or (?=\d)`, '$1 or '),
  rule(String.raw`[~≈±<>]\s*(?=\.?\d)`, ''),
  rule(String.raw`\b(\d{1,3})((?:,\d{3})+)(?![\d,])`, (_, head = '', tail = '') => head + tail.replaceAll(',', '')),
  rule(String.raw`(?<![\d.])(\d+),(\d{1,2})(?!\d)`, '$1.$2'),
  rule(String.raw`^(?:an? )?(${NUMBER_WORD})(?= |-)`, (_, word = '') => digits(word)),
  rule(String.raw`\b(${NUMBER_WORD})(?= (?:or|to|and) )`, (_, word = '') => digits(word)),
  rule(String.raw`(?<=\d (?:or|to) )(${NUMBER_WORD})\b`, (_, word = '') => digits(word)),
  rule(String.raw`^(\d+|an?) (${FRACTION_WORD}) of (?:an? )?`, (_, n = '', word = '') => times(n, fraction(word))),
  rule(String.raw`^(\d+) (thirds|quarters|fourths|eighths) (?:of )?(?:an? )?`, (_, n = '', word = '') =>
    times(n, fraction(word)),
  ),
  rule(
    String.raw`^(\d+|an?) (\w+) and a (half|quarter)(?: of)?\b`,
    (_, n = '', unit = '', word = '') => `${n.replace(/^an?$/i, '1')} ${fraction(word)} ${unit}`,
  ),
  rule(
    String.raw`^(\d+) and (?:a )?(half|quarter|third)(?: an?)?\b`,
    (_, n = '', word = '') => `${n} ${fraction(word)}`,
  ),
  rule(String.raw`^(?:an? )?(${FRACTION_WORD})(?: of)?(?: an?)? (?=\S)`, (_, word = '') => `${fraction(word)} `),
  rule(String.raw`^an? couple(?: of)?\b`, '2'),
  rule(String.raw`(\d) (?:and|&) (?=\d+\/\d)`, '$1 '),
  rule(String.raw`(?<![\d./])(\d+) ?- ?(\d+)\/(\d+)`, (all = '', w = '', n = '', d = '') =>
    isMixed(w, n, d) ? `${w} ${n}/${d}` : all,
  ),
  rule(String.raw`^(${NUMBER})[ -]dozens?(?: of)?\b`, (_, n = '') => String(Math.round(12 * numberOf(n) * 100) / 100)),
  rule(String.raw`^(?:an? )?dozen(?: of)?\b`, '12'),
  rule(String.raw`^(${NUMBER}) (?:of )?an? (?=\S)`, '$1 '),
  rule(String.raw`^(?:${alternation(VAGUE_AMOUNTS)})(?: of)? (?=\S)`, ''),
  rule(String.raw`^an? (?=\S)`, '1 '),
  rule(String.raw`\bfl(?:uid)?[. -]{1,2}(?:oz|ounces?)\b\.?`, 'fl oz'),
  rule(String.raw`(\d) ?x ?(?=\d)`, '$1 x '),
  rule(String.raw`(\d)(?!x \d)(?=\p{L})`, '$1 '),
  rule(String.raw`([\p{L}.])\/ ?(?=\.?\d)`, '$1 / '),
  rule(String.raw`(\d) ?- ?(?=\p{L})`, '$1 '),
];

const times = (count: string, part: string): string => {
  const [upper = '1', lower = '1'] = part.split('/');
  return `${String(Number(count.replace(/^an?$/i, '1')) * Number(upper))}/${lower} `;
};

/** The value of "2", "1.5", "3/4" or "1 1/2"; NaN when it is none of these. */
const numberOf = (text: string): number =>
  text.split(' ').reduce((sum, part) => {
    const [upper = '', lower = '1'] = part.split('/');
    return sum + Number(upper) / Number(lower);
  }, 0);

const APPROXIMATELY = new RegExp(String.raw`^(?:${alternation(APPROXIMATIONS)})\.? (?=\.?\d|an? |${NUMBER_WORD})`, 'i');
const INNER_APPROXIMATION = /(?<=[ (/|])(?:around|about|approximately|approx\.?|appr\.?|ca\.?|roughly) (?=\.?\d)/gi;

/** Text whose amounts are written in digits: "Half a pint" becomes "1/2 pint", "2-1/2lb" "2 1/2 lb", "~150g" "150 g",
 * "Five-dozen" "60", "1,5 dl" "1.5 dl". Ranges keep their dash. Takes plain text. */
export const plainNumbers = (text: string): string => {
  let plain = text.replace(/^[\s*•·#:;,-]+(?=\S)/, '');
  for (let round = 0; round < 3 && APPROXIMATELY.test(plain); round++) plain = plain.replace(APPROXIMATELY, '');
  plain = plain.replace(INNER_APPROXIMATION, '');
  for (const [pattern, to] of REWRITES) {
    plain = typeof to === 'string' ? plain.replace(pattern, to) : plain.replace(pattern, to);
  }
  return plain.replace(/ {2,}/g, ' ').trim();
};
