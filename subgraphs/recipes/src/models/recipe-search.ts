import { allergen, id, restrictedDiet } from '@mealprep360/contracts/vocabulary';
import { foodKey } from '@mealprep360/quantity/food-key';
import type { SortKey } from '@mealprep360/service/paging';
import type { Viewer } from '@mealprep360/service/tokens';
import { z } from 'zod';
import { minutesOf } from '../domain/duration.ts';
import { listedFor } from './recipe.ts';

const words = z.array(z.string().trim().min(1).max(100)).max(50);

/** What a search may ask for; all that is given must hold. */
export const searchInput = z.object({
  text: z.string().trim().max(200, 'A search has at most 200 characters.').nullish(),
  categories: z.array(id).max(50).nullish(),
  cuisines: words.nullish(),
  keywords: words.nullish(),
  diets: z.array(restrictedDiet).nullish(),
  excludeAllergens: z.array(allergen).nullish(),
  includeIngredients: words.nullish(),
  excludeIngredients: words.nullish(),
  maxTotalTime: z
    .string()
    .transform(minutesOf)
    .refine(minutes => minutes !== null, 'This is not a duration such as PT45M.')
    .nullish(),
  minRating: z.number().min(0).max(5).nullish(),
  authorId: id.nullish(),
});

export type SearchOrder = 'RELEVANCE' | 'NEWEST' | 'TOP_RATED' | 'QUICKEST';

const newest: readonly SortKey[] = [
  ['datePublished', -1],
  ['_id', -1],
];
// A recipe that says no time sorts behind all that do: no total time is longer than this.
const UNKNOWN_MINUTES = 1e9;

/** The search as a query over recipes; `reasons` say why what it finds was found. */
export function searchOf(input: z.output<typeof searchInput>, orderBy: SearchOrder, viewer: Viewer) {
  const text = input.text ?? '';
  const match = { $and: [listedFor(viewer), ...conditions(input), ...(text ? [{ $text: { $search: text } }] : [])] };
  return { match: text ? hoisted(match, text) : match, ...ordered(orderBy, text !== ''), reasons: reasons(input) };
}

// MongoDB takes $text in the first $match stage, at the top or inside $and; the scoring needs it at the top.
const hoisted = (match: { $and: object[] }, text: string) => ({
  $text: { $search: text },
  $and: match.$and.filter(condition => !('$text' in condition)),
});

function conditions(input: z.output<typeof searchInput>): object[] {
  const exactly = (word: string) => new RegExp(`^${RegExp.escape(word)}$`, 'i');
  const some = (
    list: readonly string[] | null | undefined,
    field: string,
    value: (word: string) => unknown = String,
  ) => (list?.length ? [{ [field]: { $in: list.map(value) } }] : []);
  return [
    ...some(input.categories, 'categoryIds'),
    ...some(input.cuisines, 'recipeCuisine', exactly),
    ...some(input.keywords, 'keywords', exactly),
    ...(input.diets?.length ? [{ suitableForDiet: { $all: input.diets } }] : []),
    ...(input.excludeAllergens?.length ? [{ 'allergens.allergen': { $nin: input.excludeAllergens } }] : []),
    ...(input.includeIngredients?.length ? [{ foods: { $all: input.includeIngredients.map(foodKey) } }] : []),
    ...(input.excludeIngredients?.length ? [{ foods: { $nin: input.excludeIngredients.map(foodKey) } }] : []),
    ...(input.maxTotalTime == null ? [] : [{ totalMinutes: { $ne: null, $lte: input.maxTotalTime } }]),
    ...(input.minRating == null || input.minRating === 0
      ? []
      : [{ ratingCount: { $gt: 0 }, $expr: { $gte: [mean, input.minRating] } }]),
    ...(input.authorId ? [{ ownerId: input.authorId }] : []),
  ];
}

const mean = { $cond: [{ $gt: ['$ratingCount', 0] }, { $divide: ['$ratingSum', '$ratingCount'] }, 0] };

function ordered(
  orderBy: SearchOrder,
  hasText: boolean,
): { sort: readonly SortKey[]; computed?: { [field: string]: unknown } } {
  if (orderBy === 'RELEVANCE' && hasText) {
    return {
      sort: [
        ['_score', -1],
        ['_id', -1],
      ],
      computed: { _score: { $meta: 'textScore' } },
    };
  }
  if (orderBy === 'TOP_RATED') {
    return {
      sort: [
        ['_mean', -1],
        ['ratingCount', -1],
        ['_id', -1],
      ],
      computed: { _mean: mean },
    };
  }
  if (orderBy === 'QUICKEST') {
    return {
      sort: [
        ['_minutes', 1],
        ['_id', -1],
      ],
      computed: { _minutes: { $ifNull: ['$totalMinutes', UNKNOWN_MINUTES] } },
    };
  }
  return { sort: newest };
}

function reasons(input: z.output<typeof searchInput>): string[] {
  return [
    ...(input.text ? [`matches “${input.text}”`] : []),
    ...(input.diets ?? []).map(diet => `suits ${diet}`),
    ...(input.includeIngredients ?? []).map(food => `has ${food}`),
    ...(input.excludeAllergens ?? []).map(name => `no ${name} found in it`),
    ...(input.maxTotalTime == null ? [] : [`takes at most ${input.maxTotalTime} minutes`]),
  ];
}
