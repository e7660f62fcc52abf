import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseLine } from '../src/parse-line.ts';

type Checked = {
  line: string;
  quantity: number | null;
  quantityMax: number | null;
  unit: string | null;
  foodAccept: string[];
};

const checked = readFileSync(new URL('../../../dev-env/data/ingredients.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(line => JSON.parse(line) as Checked);

const isRight = (wanted: Checked): boolean => {
  const { quantity, quantityMax, unit, food } = parseLine(wanted.line);
  const accepted = wanted.foodAccept.map(name => name.toLowerCase());
  return (
    quantity === wanted.quantity &&
    quantityMax === wanted.quantityMax &&
    unit === wanted.unit &&
    accepted.includes(food.toLowerCase())
  );
};

it('at least 90 % of the hand-checked ingredient lines are read as a person reads them', () => {
  const missed = checked.filter(wanted => !isRight(wanted)).map(({ line }) => line);
  expect(checked.length).toBeGreaterThan(30);
  expect(missed.length / checked.length, `missed:\n${missed.join('\n')}`).toBeLessThanOrEqual(0.1);
});
