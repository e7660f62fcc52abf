import { findAllergens } from '@mealprep360/recipes/domain/allergens';
import { dietVerdict } from '@mealprep360/recipes/domain/diets';
import { z } from 'zod';
import { percent, type Figure } from '../figure.ts';
import { jsonLines } from '../json-lines.ts';

const recipe = z.object({ url: z.string(), name: z.string(), recipeIngredient: z.array(z.string()) });
const label = z.object({
  url: z.string(),
  name: z.string(),
  vegetarian: z.enum(['yes', 'no', 'depends']),
  peanut: z.enum(['yes', 'no', 'possible']),
});

interface Judged {
  name: string;
  label: string;
  answer: string;
  /** whether somebody may eat on the strength of it what they must not */
  isUnsafe: boolean;
}

/** Diets and allergens of hand-checked recipes: how often the same, and how often wrong in the way that harms. */
export const diets: Figure = {
  name: 'diets',
  about: 'vegetarian and peanut answers beside hand-checked labels',
  run: tell => {
    const recipes = new Map(
      jsonLines('recipes.jsonl')
        .map(line => recipe.parse(line))
        .map(each => [each.url, each]),
    );
    const labels = jsonLines('diet-labels.jsonl').map(line => {
      const labelled = label.parse(line);
      const found = recipes.get(labelled.url);
      if (!found) throw new Error(`dev-env/data/recipes.jsonl has no recipe ${labelled.url}`);
      return { ...labelled, recipe: found };
    });
    const vegetarian = labels.map(({ recipe: judged, vegetarian: wanted }): Judged => {
      const answer = dietVerdict(linesOf(judged), judged.name).VEGETARIAN.verdict;
      return { name: judged.name, label: wanted, answer, isUnsafe: answer === 'yes' && wanted !== 'yes' };
    });
    const peanut = labels.map(({ recipe: judged, peanut: wanted }): Judged => {
      const answer = peanutAnswer(linesOf(judged));
      return { name: judged.name, label: wanted, answer, isUnsafe: answer === 'no' && wanted !== 'no' };
    });
    return Promise.resolve([...rowsOf('vegetarian', vegetarian, tell), ...rowsOf('peanut', peanut, tell)]);
  },
};

const linesOf = ({ recipeIngredient }: z.infer<typeof recipe>) => recipeIngredient.map(text => ({ text }));

function peanutAnswer(lines: readonly { text: string }[]): string {
  const finding = findAllergens(lines).find(({ allergen }) => allergen === 'PEANUTS');
  if (finding === undefined) return 'no';
  return finding.certainty === 'CONTAINS' ? 'yes' : 'possible';
}

function rowsOf(what: string, judged: readonly Judged[], tell: (line: string) => void) {
  const other = judged.filter(({ label: wanted, answer }) => wanted !== answer);
  for (const { name, label: wanted, answer } of other) tell(`${what}: ${name} is ${answer}, labelled ${wanted}`);
  const same = judged.length - other.length;
  const unsafe = judged.filter(({ isUnsafe }) => isUnsafe).length;
  return [
    { what: `${what}: same as the label`, value: `${percent(same, judged.length)} (${same} of ${judged.length})` },
    { what: `${what}: unsafe answers`, value: String(unsafe), bar: '0', holds: unsafe === 0 },
  ];
}
