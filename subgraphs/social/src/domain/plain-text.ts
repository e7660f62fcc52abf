import { composedText } from '@mealprep360/contracts/composed-text';
import { z } from 'zod';

// Control characters, and the marks that turn the direction of what follows: they can make a text look like another.
const UNSEEN = /(?![\n\t])[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/**
 * Text as it is stored: as typed, in composed Unicode with plain line ends, at most one empty line in a row, without
 * what cannot be seen. It stays text: `<b>` is four characters of it, and nothing here makes markup of them.
 */
const tidy = (text: string): string =>
  composedText(text.toWellFormed().replace(/\r\n?/g, '\n').replace(UNSEEN, ''))
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** Text of up to `max` characters (UTF-16 units) after tidying; empty when nothing is left. */
export const optionalText = (what: string, max: number) =>
  z
    .string(`${what} is text.`)
    .transform(tidy)
    .pipe(z.string().max(max, `${what} has at most ${max} characters.`));

/** The same, of at least one character. */
export const text = (what: string, max: number) => optionalText(what, max).pipe(z.string().min(1, `${what} is empty.`));
