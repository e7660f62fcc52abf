import { composedText } from '@mealprep360/contracts/composed-text';
import { z } from 'zod';

// Everything that cannot be seen and can mislead: control characters, marks that turn the direction of writing.
const CONTROLS = /(?![\n\t])[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

const tidy = (text: string): string =>
  composedText(text.toWellFormed().replace(/\r\n?/g, '\n').replace(CONTROLS, '')).trim();

/** Text of any number of lines, as written but for what cannot be seen; markup in it is text. */
export const writtenText = (what: string, max: number) => limited(what, max, tidy);

/** The same on one line. */
export const writtenLine = (what: string, max: number) =>
  limited(what, max, text => tidy(text).replace(/\s+/g, ' ').trim());

const limited = (what: string, max: number, clean: (text: string) => string) =>
  z
    .string(`${what} is text.`)
    .transform(clean)
    .pipe(z.string().min(1, `${what} is empty.`).max(max, `${what} has at most ${max} characters.`));
