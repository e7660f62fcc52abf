import { readFileSync } from 'node:fs';

/** The records of a file of the project's data, a JSON value a line. */
export const jsonLines = (file: string): unknown[] =>
  readFileSync(`dev-env/data/${file}`, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line) as unknown);
