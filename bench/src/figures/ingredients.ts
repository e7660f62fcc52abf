import { parseLine } from '@mealprep360/quantity/parse-line';
import { z } from 'zod';
import { percent, type Figure } from '../figure.ts';
import { jsonLines } from '../json-lines.ts';

const BAR = 0.9;

const checkedLine = z.object({
  line: z.string(),
  quantity: z.number().nullable(),
  quantityMax: z.number().nullable(),
  unit: z.string().nullable(),
  foodAccept: z.array(z.string()),
});

/** Ingredient lines read as a person read them: quantity, quantityMax and unit equal, food one of those accepted. */
export const ingredients: Figure = {
  name: 'ingredients',
  about: 'hand-checked ingredient lines that are read as a person reads them',
  run: tell => {
    const lines = jsonLines('ingredients.jsonl').map(line => checkedLine.parse(line));
    const missed = lines.filter(line => !isRight(line));
    for (const { line } of missed) tell(`read otherwise: ${line}`);
    const right = lines.length - missed.length;
    const holds = right / lines.length >= BAR;
    const value = `${percent(right, lines.length)} (${right} of ${lines.length})`;
    return Promise.resolve([{ what: 'lines read right', value, bar: '≥ 90 %', holds }]);
  },
};

function isRight(wanted: z.infer<typeof checkedLine>): boolean {
  const { quantity, quantityMax, unit, food } = parseLine(wanted.line);
  return (
    quantity === wanted.quantity &&
    quantityMax === wanted.quantityMax &&
    unit === wanted.unit &&
    wanted.foodAccept.some(name => name.toLowerCase() === food.toLowerCase())
  );
}
