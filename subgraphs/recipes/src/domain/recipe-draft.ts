import { z } from 'zod';
import { durationOf, MAX_DURATION_MINUTES, minutesOf } from './duration.ts';
import { plainLine, plainText } from './plain-text.ts';

// What a recipe may hold, wherever it comes from. Every message is for the person who wrote the recipe.

/** Nutrition figures per serving, each with the unit it is stored in. */
export const NUTRIENT_UNITS = {
  calories: 'kcal',
  fatContent: 'g',
  saturatedFatContent: 'g',
  carbohydrateContent: 'g',
  fiberContent: 'g',
  sugarContent: 'g',
  proteinContent: 'g',
  sodiumContent: 'mg',
  cholesterolContent: 'mg',
} as const;

export type Nutrient = keyof typeof NUTRIENT_UNITS;

export const NUTRIENTS = Object.keys(NUTRIENT_UNITS) as readonly Nutrient[];

export const MAX_IMAGES = 20;
export const MAX_KEYWORDS = 50;
export const MAX_NAMES = 20;
export const MAX_NAME_LENGTH = 100;
const MAX_URL_LENGTH = 2048;

/** One line of text: markup and control characters taken out, not empty. */
export const line = (what: string, max: number) =>
  z
    .string(`${what} is text.`)
    .transform(plainLine)
    .pipe(z.string().min(1, `${what} is empty.`).max(max, `${what} has at most ${max} characters.`));

/** Text of any number of lines; null when nothing is left of it. */
const text = (what: string, max: number) =>
  z
    .string(`${what} is text.`)
    .transform(plainText)
    .pipe(z.string().max(max, `${what} has at most ${max} characters.`))
    .transform(written => (written === '' ? null : written));

const optionalLine = (what: string, max: number) => text(what, max).transform(written => written && plainLine(written));

/** A list whose length is checked before anything in it, and said. */
export const list = <Item extends z.ZodType>(item: Item, max: number, what: string) =>
  z
    .array(z.unknown(), `The ${what} are a list.`)
    .max(max, {
      error: ({ input }) =>
        `A recipe has at most ${max} ${what}; this one has ${(input as readonly unknown[]).length}.`,
    })
    .pipe(z.array(item));

/** Whether a text is an address that a browser may open: http or https, nothing else. */
export function isWebAddress(written: string): boolean {
  return (
    written.length <= MAX_URL_LENGTH && !/\s/.test(written) && /^https?:\/\/./i.test(written) && URL.canParse(written)
  );
}

/** The graph's URL scalar gives URL objects; elsewhere addresses are text. */
export const webAddress = z
  .unknown()
  .transform(value => (value instanceof URL ? value.href : value))
  .pipe(
    z
      .string('An address is text.')
      .trim()
      .refine(isWebAddress, 'An address starts with http:// or https:// and has at most 2048 characters.'),
  );

/** An ISO 8601 duration of up to 30 days, in the one spelling in which durations are stored. */
export const duration = z.string('A duration is text such as PT1H15M.').transform((written, context) => {
  const minutes = minutesOf(written);
  if (minutes !== null && minutes <= MAX_DURATION_MINUTES) return durationOf(minutes);
  const message =
    minutes === null ? 'This is not a duration such as PT45M or PT1H15M.' : 'A duration is at most 30 days.';
  context.addIssue({ code: 'custom', message, input: written });
  return z.NEVER;
});

export const names = (max: number, what: string) =>
  list(line('A name', MAX_NAME_LENGTH), max, what).transform(given => [...new Set(given)]);

/** Keywords, each without a comma: written with commas they are several. */
export const keywords = list(z.string('A keyword is text.'), MAX_KEYWORDS, 'keywords')
  .transform(given =>
    given
      .flatMap(written => written.split(','))
      .map(plainLine)
      .filter(keyword => keyword !== ''),
  )
  .transform((given): unknown[] => [...new Set(given)])
  .pipe(list(line('A keyword', MAX_NAME_LENGTH), MAX_KEYWORDS, 'keywords'));

const figure = z
  .number('A nutrition figure is a number.')
  .min(0, 'A nutrition figure is not below 0.')
  .max(1e6, 'A nutrition figure is at most 1,000,000.')
  .nullish()
  .transform(value => value ?? null);

/** Null when it says nothing. */
export const nutrition = z
  .object({
    servingSize: optionalLine('A serving size', 200)
      .nullish()
      .transform(size => size ?? null),
    calories: figure,
    fatContent: figure,
    saturatedFatContent: figure,
    carbohydrateContent: figure,
    fiberContent: figure,
    sugarContent: figure,
    proteinContent: figure,
    sodiumContent: figure,
    cholesterolContent: figure,
  })
  .transform(figures => (Object.values(figures).every(value => value === null) ? null : figures));

const step = z.object({
  text: text('A step', 5000).pipe(z.string('A step is empty.')),
  image: webAddress.nullable(),
});

const section = z.object({
  name: optionalLine('The name of a section', 200).nullable(),
  steps: z.array(step).min(1, 'A section has at least one step.'),
});

const MAX_STEPS = 200;

export const instructions = list(section, MAX_STEPS, 'sections').superRefine((sections, context) => {
  const steps = sections.reduce((sum, { steps: those }) => sum + those.length, 0);
  if (steps <= MAX_STEPS) return;
  context.addIssue({ code: 'custom', message: `A recipe has at most ${MAX_STEPS} steps; this one has ${steps}.` });
});

export const title = line('A title', 200);
export const description = text('A description', 10_000);
export const recipeYield = optionalLine('A yield', 200);
export const recipeIngredient = list(line('An ingredient line', 500), 200, 'ingredient lines');

const isoTime = z.iso.datetime('A date of publication is an ISO 8601 time.');

/** The content of a recipe as it is stored; categories by name. */
export const recipeDraft = z.object({
  title,
  description: description.nullable(),
  image: list(webAddress, MAX_IMAGES, 'images'),
  recipeYield: recipeYield.nullable(),
  prepTime: duration.nullable(),
  cookTime: duration.nullable(),
  totalTime: duration.nullable(),
  recipeIngredient,
  recipeInstructions: instructions,
  recipeCategory: names(MAX_NAMES, 'categories'),
  recipeCuisine: names(MAX_NAMES, 'cuisines'),
  keywords,
  nutrition: nutrition.nullable(),
  sourceUrl: webAddress.nullable(),
  creditText: optionalLine('A credit', 200).nullable(),
  license: webAddress.nullable(),
  datePublished: isoTime.nullable(),
});

export type RecipeDraft = z.output<typeof recipeDraft>;
