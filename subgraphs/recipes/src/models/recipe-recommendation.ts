import { foodKey } from '@mealprep360/quantity/food-key';
import type { SortKey } from '@mealprep360/service/paging';
import { PRIOR, WEIGHTS, type Taste } from '../domain/recommendation.ts';
import { listedFor } from './recipe.ts';

/**
 * What may be recommended to a person, best first, as a query over recipes. Diets must be proved; an allergen that is
 * only possible counts as there; a disliked food takes its kinds along (onion: red onion too).
 */
export function recommendationOf(userId: string, taste: Taste, savedIds: readonly string[]) {
  const disliked = taste.dislikedIngredients.map(foodKey).filter(key => key !== '');
  const match = {
    $and: [
      listedFor({ userId }),
      ...(taste.diets.length > 0 ? [{ suitableForDiet: { $all: taste.diets } }] : []),
      ...(taste.allergens.length > 0 ? [{ 'allergens.allergen': { $nin: taste.allergens } }] : []),
      ...disliked.map(food => ({ foods: { $not: ofKind(food) } })),
    ],
  };
  return { match, computed: { _rank: rank(userId, taste, savedIds) }, sort };
}

const sort: readonly SortKey[] = [
  ['_rank', -1],
  ['datePublished', -1],
  ['_id', -1],
];

const ofKind = (key: string) => new RegExp(`(?:^| )${RegExp.escape(key)}$`);

// Whole numbers: a cursor names its place exactly.
function rank(userId: string, taste: Taste, savedIds: readonly string[]) {
  const favourites = taste.favoriteCuisines.map(cuisine => cuisine.toLowerCase());
  const cuisines = { $map: { input: '$recipeCuisine', in: { $toLower: '$$this' } } };
  const stars = {
    $divide: [{ $add: ['$ratingSum', PRIOR.count * PRIOR.stars] }, { $add: ['$ratingCount', PRIOR.count] }],
  };
  const when = (condition: object, weight: number) => ({ $cond: [condition, weight, 0] });
  return {
    $add: [
      when({ $in: ['$_id', [...savedIds]] }, WEIGHTS.saved),
      when({ $eq: ['$ownerId', userId] }, WEIGHTS.own),
      when({ $gt: [{ $size: { $setIntersection: [cuisines, favourites] } }, 0] }, WEIGHTS.favouriteCuisine),
      { $round: [{ $multiply: [{ $subtract: [stars, PRIOR.stars] }, WEIGHTS.star] }, 0] },
    ],
  };
}
