/** Where a command speaks, and what it is told by its surroundings. */
export interface Terminal {
  out: (text: string) => void;
  err: (text: string) => void;
  /** whether somebody looks who wants to see how far it is */
  showsBars: boolean;
  environment: Readonly<Record<string, string | undefined>>;
}

export const exitCodes = { done: 0, failed: 1, usage: 2, unwell: 3 } as const;

/** Rows under a heading, in columns as wide as their widest cell. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((title, column) =>
    Math.max(...[title, ...rows.map(row => row[column] ?? '')].map(length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - length(cell))))
      .join('  ')
      .trimEnd();
  return [heading, ...rows].map(row => `${line(row)}\n`).join('');
}

/** How many columns a text takes, near enough: one for each character that is seen. */
const length = (text: string): number => [...characters.segment(text)].length;
const characters = new Intl.Segmenter();

/** 75 → `1m 15s`; null → `-`. */
export function duration(seconds: number | null): string {
  if (seconds === null) return '-';
  const whole = Math.max(0, Math.round(seconds));
  const units = {
    d: Math.floor(whole / 86_400),
    h: Math.floor(whole / 3600) % 24,
    m: Math.floor(whole / 60) % 60,
    s: whole % 60,
  };
  const parts = Object.entries(units).map(([unit, count]) => ({ count, text: `${count}${unit}` }));
  const first = parts.findIndex(({ count }) => count > 0);
  if (first === -1) return '0s';
  return parts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ text }) => text)
    .join(' ');
}

/** A text from elsewhere, on one line and without what would move the cursor. */
export const oneLine = (text: string, most = 100): string => {
  const clean = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
  return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
};
