import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const pages = globSync('**/*.md', { exclude: name => /(^|\/)(node_modules|\.mealprep360)$/.test(name) });

/** The links of a page to files of this repository, relative to its root. */
const linksOf = (page: string): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(match => match[1] ?? '')
    .filter(target => !/^\w+:/.test(target))
    .map(target => join(dirname(page), target));

describe.each(pages)('%s', page => {
  it('leads only to what is there', () => {
    expect(linksOf(page).filter(target => !existsSync(target))).toEqual([]);
  });
});

it('follows the walks through many files', () => {
  expect(linksOf('docs/walks.md').length).toBeGreaterThan(30);
});
