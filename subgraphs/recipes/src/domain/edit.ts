import type { RecipeDraft } from './recipe-draft.ts';

// What a version's summary looks at; categories may be names or ids, dates are no edit.
type Edited = Omit<RecipeDraft, 'recipeCategory' | 'datePublished' | 'sourceUrl'> & {
  recipeCategory?: readonly string[];
  categoryIds?: readonly string[];
  visibility?: string;
};

const FIELDS: readonly (readonly [keyof Edited, string])[] = [
  ['title', 'title'],
  ['description', 'description'],
  ['image', 'images'],
  ['recipeYield', 'yield'],
  ['prepTime', 'preparation time'],
  ['cookTime', 'cooking time'],
  ['totalTime', 'total time'],
  ['recipeCategory', 'categories'],
  ['categoryIds', 'categories'],
  ['recipeCuisine', 'cuisines'],
  ['keywords', 'keywords'],
  ['nutrition', 'nutrition'],
  ['license', 'licence'],
  ['visibility', 'visibility'],
];

/** What an edit changed, in one line: "Changed title and 2 ingredients"; "Changed nothing" when both are the same. */
export function summarise(before: Edited, after: Edited): string {
  const fields = FIELDS.filter(([field]) => !isSame(before[field], after[field])).map(([, name]) => name);
  const parts = [
    ...new Set(fields),
    ...countChanges(before.recipeIngredient, after.recipeIngredient, 'ingredient'),
    ...countChanges(stepsOf(before), stepsOf(after), 'step'),
  ];
  return `Changed ${parts.length === 0 ? 'nothing' : new Intl.ListFormat('en').format(parts)}`;
}

function stepsOf(recipe: Edited): string[] {
  return recipe.recipeInstructions.flatMap(({ name, steps }) =>
    steps.map(step => JSON.stringify([name, step.text, step.image])),
  );
}

function countChanges(before: readonly string[], after: readonly string[], noun: string): string[] {
  const changed = Math.max(without(before, after).length, without(after, before).length);
  if (changed > 0) return [`${changed} ${noun}${changed === 1 ? '' : 's'}`];
  return isSame(before, after) ? [] : [`the order of ${noun}s`];
}

/** What is in one list more often than in the other. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const item of other) left.set(item, (left.get(item) ?? 0) + 1);
  return list.filter(item => {
    const count = left.get(item) ?? 0;
    left.set(item, count - 1);
    return count <= 0;
  });
}

/** Equal whatever the order of keys, which a database does not keep. */
function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify([value], (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
