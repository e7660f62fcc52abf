import { composedText } from '@mealprep360/contracts/composed-text';
import { id } from '@mealprep360/contracts/vocabulary';
import { z } from 'zod';
import { writtenLine, writtenText } from './written-text.ts';

const MAX_TAGS = 10;
const MAX_RECIPES = 20;

/** What makes two names the same: upper and lower case, and spellings that look alike. */
export const nameKey = (name: string): string => composedText(name, 'NFKC').toLowerCase();

const tag = z
  .string()
  .transform(name => name.replace(/^[#\s]+/, ''))
  .pipe(writtenLine('A tag', 50));

/** Nothing given, and nothing but spaces, are the same. */
const orNull = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(value => (typeof value === 'string' && value.trim() === '' ? null : (value ?? null)), schema.nullable());

/** The graph's URL scalar gives URL objects; stored addresses are text. */
const webAddress = z.preprocess(
  value => (value instanceof URL ? value.href : value),
  z
    .url({ protocol: /^https?$/, error: 'This is not an http or https address.' })
    .max(2048, 'An address has at most 2048 characters.'),
);

const distinct = (names: readonly string[]): string[] =>
  names.filter((name, index) => names.findIndex(other => nameKey(other) === nameKey(name)) === index);

/** The graph's BlogPostInput, checked and cleaned: tags and recipes stand once each, in their order. */
export const postInput = z.object({
  title: writtenLine('The title', 200),
  bodyMarkdown: writtenText('The text', 50_000),
  excerpt: orNull(writtenText('An excerpt', 500)),
  categoryId: orNull(id),
  tags: z
    .array(tag)
    .max(MAX_TAGS, `A post has at most ${MAX_TAGS} tags.`)
    .nullish()
    .transform(names => distinct(names ?? [])),
  recipeIds: z
    .array(id)
    .max(MAX_RECIPES, `A post names at most ${MAX_RECIPES} recipes.`)
    .nullish()
    .transform(ids => [...new Set(ids ?? [])]),
  heroImage: orNull(webAddress),
});

export type PostDraft = z.output<typeof postInput>;
