import { RecipeRated } from '@mealprep360/contracts/recipes';
import { copyCollection } from '../src/copy.ts';

/** A copy of ratings of some revision, the simplest there is. */
export const declareRatingCopy = <State>(revision: number, state: (data: { ratingValue: number }) => State) =>
  copyCollection('rating_copy', { speaker: 'recipes', revision, from: [RecipeRated], state });

export const ratingCopy = declareRatingCopy(1, ({ ratingValue }) => ({ ratingValue }));
