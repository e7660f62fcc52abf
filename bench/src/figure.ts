/** One line of the table. `bar` is what the value is to hold, `holds` whether it does; both are left out where there is none. */
export interface Row {
  what: string;
  value: string;
  bar?: string;
  holds?: boolean;
}

/** Something that is measured, by the name that `--only` takes. */
export interface Figure {
  name: string;
  /** one line for `--help` */
  about: string;
  /** Measures; `tell` says how far it is. What it starts it has ended when it resolves, also after an abort. */
  run: (tell: (progress: string) => void, signal: AbortSignal) => Promise<Row[]>;
}

/** The middle one; of an even number the lower of the two in the middle. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;

/** How many times the other it is: `×1.3`. */
export const ratio = (value: number, other: number): string => `×${(value / other).toFixed(1)}`;

export const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
