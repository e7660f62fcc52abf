import { mapEnds, tidy } from './measure.ts';
import type { IngredientLine } from './ingredient-line.ts';

/** The line with its amounts times `factor` (finite, ≥ 0); the written text and the size of one package stay.
 * Throws a RangeError for any other factor. */
export const scaleLine = (line: IngredientLine, factor: number): IngredientLine => {
  if (!Number.isFinite(factor) || factor < 0) {
    throw new RangeError(`A line can be scaled by a finite number of 0 or more, not by ${String(factor)}`);
  }
  const scaled = (end: number | null): number | null => (end === null ? null : tidy(end * factor));
  return {
    ...line,
    quantity: scaled(line.quantity),
    quantityMax: scaled(line.quantityMax),
    alternative: line.alternative && mapEnds(line.alternative, end => end * factor),
  };
};
