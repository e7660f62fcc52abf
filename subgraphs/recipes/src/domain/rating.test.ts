import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanRating, ratingChange, type RatingSums } from './rating.ts';

test('the mean and the count of a recipe are those of the ratings that stand, whoever rated, again, or was erased', () => {
  const anyDeed = fc.record({ user: fc.nat(4), stars: fc.option(fc.integer({ min: 1, max: 5 })) });
  fc.assert(
    fc.property(fc.array(anyDeed), deeds => {
      const standing = new Map<number, number>();
      let sums: RatingSums = { ratingSum: 0, ratingCount: 0 };
      for (const { user, stars } of deeds) {
        const { ratingSum, ratingCount } = ratingChange(standing.get(user) ?? null, stars);
        sums = { ratingSum: sums.ratingSum + ratingSum, ratingCount: sums.ratingCount + ratingCount };
        if (stars === null) standing.delete(user);
        else standing.set(user, stars);
        const all = [...standing.values()];
        expect(sums.ratingCount).toBe(all.length);
        const mean = all.length === 0 ? null : all.reduce((sum, each) => sum + each, 0) / all.length;
        expect(meanRating(sums)).toBe(mean);
      }
    }),
    { numRuns: 1000 },
  );
});
