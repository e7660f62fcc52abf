/** `count` things, made by their index. */
export const times = <Thing>(count: number, make: (index: number) => Thing): Thing[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** An hour that differs for each index, so that lists have one order. */
export const hour = (index: number): Date => new Date(Date.UTC(2026, 0, 1, index));

/** A time zone in which it is about noon of today's date in UTC, so that no midnight falls into a measurement. */
export function noonZone(): string {
  const ahead = 12 - new Date().getUTCHours();
  // the names count westwards
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}
