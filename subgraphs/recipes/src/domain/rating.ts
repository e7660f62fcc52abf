/** What a recipe counts of its ratings. */
export interface RatingSums {
  ratingSum: number;
  ratingCount: number;
}

/** By how much a recipe's sums change when a person's stars do; null where there are none. */
export const ratingChange = (before: number | null, after: number | null): RatingSums => ({
  ratingSum: (after ?? 0) - (before ?? 0),
  ratingCount: Number(after !== null) - Number(before !== null),
});

/** The mean of all stars; null while nobody gave any. */
export const meanRating = ({ ratingSum, ratingCount }: RatingSums): number | null =>
  ratingCount === 0 ? null : ratingSum / ratingCount;
