import type { Measure } from './measure.ts';

/** One line of a recipe's ingredients, read. */
export type IngredientLine = {
  /** the line as written */
  text: string;
  /** null when the line gives no amount */
  quantity: number | null;
  /** the upper end of a range */
  quantityMax: number | null;
  /** canonical singular name (gram, cup, clove, can); null for a bare count, a size word or no amount */
  unit: string | null;
  /** what it is, as written, without sizes and what is done to it */
  food: string;
  /** what is done to it, and other remarks */
  preparation: string | null;
  /** of one container: "2 x 400 g tins" has 400 gram */
  packageSize: Measure | null;
  optional: boolean;
  /** the heading the line stands under: "For the sauce" */
  section: string | null;
  /** 0 to 1: how sure the reading is */
  confidence: number;
  /** the same amount said a second time: the 500 gram of "1 pound (500g)" */
  alternative: Measure | null;
};
