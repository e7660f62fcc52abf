import type { Allergen, RestrictedDiet } from '@mealprep360/contracts/vocabulary';

/** What a recommendation goes by, of the person it is for. */
export interface Taste {
  diets: readonly RestrictedDiet[];
  allergens: readonly Allergen[];
  dislikedIngredients: readonly string[];
  favoriteCuisines: readonly string[];
}

/** What speaks for a recipe, beside that it breaks nothing. */
interface Candidate {
  recipeCuisine: readonly string[];
  ratingSum: number;
  ratingCount: number;
}

/** How much each thing moves a recipe up; a rating moves it by its distance from the middle of the scale. */
export const WEIGHTS = { saved: 40, own: 30, favouriteCuisine: 30, star: 10 } as const;

/** So many ratings of 3 stars are added to every recipe's own, so that one rating alone does not decide. */
export const PRIOR = { count: 5, stars: 3 } as const;

/** Why this recipe is recommended to this person; never empty. Whose diets or allergens it breaks must not get here. */
export function reasonsFor(recipe: Candidate, taste: Taste, link: { isOwn: boolean; isSaved: boolean }): string[] {
  const favourites = taste.favoriteCuisines.map(cuisine => cuisine.toLowerCase());
  const mean = recipe.ratingSum / recipe.ratingCount;
  const reasons = [
    ...taste.diets.map(diet => `suits ${diet}`),
    ...taste.allergens.map(name => `no ${name} found in it`),
    ...recipe.recipeCuisine
      .filter(cuisine => favourites.includes(cuisine.toLowerCase()))
      .map(cuisine => `${cuisine} is a favourite cuisine`),
    ...(link.isSaved ? ['saved'] : []),
    ...(link.isOwn ? ['your own'] : []),
    ...(recipe.ratingCount > 0 && mean >= 4 ? [`rated ${mean.toFixed(1)} of 5`] : []),
  ];
  return reasons.length > 0 ? reasons : ['nothing speaks against it'];
}
