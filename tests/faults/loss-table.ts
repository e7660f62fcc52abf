import { readFileSync, writeFileSync } from 'node:fs';

const [begin, end] = ['<!-- dead parts: begin -->', '<!-- dead parts: end -->'];

export interface Row {
  part: string;
  /** the fields lost, by operation */
  lost: Record<string, string[]>;
}

/** The rows as a table in Markdown; those that lose the same stand in one. */
export function tableOf(operations: string[], rows: Row[]): string {
  const lines = rows.map(({ part, lost }) => ({
    part,
    cells: operations.map(name => (lost[name] ?? []).map(field => `\`${field}\``).join(', ') || 'nothing'),
  }));
  const grouped = Map.groupBy(lines, ({ cells }) => cells.join(' | '));
  return [
    // its columns are not lined up: one of them is long
    '<!-- prettier-ignore -->',
    row(['stopped, killed or hung', ...operations]),
    row(['---', ...operations.map(() => '---')]),
    ...[...grouped].map(([cells, parts]) => row([parts.map(({ part }) => part).join(', or '), cells])),
  ].join('\n');
}

const row = (cells: string[]) => `| ${cells.join(' | ')} |`;

/** The table as it stands in the README. */
export function writtenTable(): string {
  const [, rest = ''] = readFileSync('README.md', 'utf8').split(begin);
  return rest.split(end)[0]?.trim() ?? '';
}

export function writeTable(table: string): void {
  const readme = readFileSync('README.md', 'utf8');
  const [before, rest] = readme.split(begin);
  if (before === undefined || rest === undefined) throw new Error(`README.md has no ${begin}`);
  writeFileSync('README.md', `${before}${begin}\n\n${table}\n\n${end}${rest.split(end)[1] ?? ''}`);
}
