import type { Row } from './figure.ts';

/** Rows under each other in columns: what, value, bar, and whether it holds. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ what, value, bar = '', holds }) => [what, value, bar, verdict(holds)]);
  const widths = [0, 1, 2].map(column => Math.max(...cells.map(row => (row[column] ?? '').length)));
  return cells
    .map(row => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}

const verdict = (holds: boolean | undefined): string => (holds === undefined ? '' : holds ? 'holds' : 'MISSED');
