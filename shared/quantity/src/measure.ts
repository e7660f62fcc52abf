/** An amount of something. `unit` is a canonical singular name of the unit table, or '' for a bare count;
 * `quantityMax` is the upper end of a range. */
export type Measure = { quantity: number; quantityMax: number | null; unit: string };

/** Applies the same arithmetic to both ends of a measure. */
export const mapEnds = (measure: Measure, change: (end: number) => number, unit = measure.unit): Measure => ({
  quantity: tidy(change(measure.quantity)),
  quantityMax: measure.quantityMax === null ? null : tidy(change(measure.quantityMax)),
  unit,
});

/** Takes the binary noise off a number (2.3000000000000003 is 2.3). */
export const tidy = (value: number): number => Number(value.toPrecision(14));
