/** `count` things, made by their index. */
export const times = <Thing>(count: number, make: (index: number) => Thing): Thing[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** An hour that differs for each index, so that lists have one order. */
export const hour = (index: number): Date => new Date(Date.UTC(2026, 0, 1, index));
