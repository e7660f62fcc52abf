import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editedContent } from './edited-content.ts';
import { summarise } from './edit.ts';
import type { RecipeContent } from './recipe-content.ts';
import { recipeInput, type RecipeInputDraft } from './recipe-input.ts';

// Any life of a recipe: each edit makes a version of what was before, and of what its author wrote.

/** A few values only, so that edits often say what is there. */
const few = <Value>(...values: [Value, ...Value[]]) => fc.constantFrom(...values);
const anyInput: fc.Arbitrary<RecipeInputDraft> = fc
  .record(
    {
      title: few('Soup', 'Stew'),
      prepTime: few('PT10M', 'PT20M', null),
      cookTime: few('PT1H', null),
      recipeYield: few('4 servings', null),
      recipeIngredient: fc.shuffledSubarray(['1 onion', '2 carrots', 'salt'], { minLength: 1 }),
      recipeInstructions: fc
        .shuffledSubarray(['Chop.', 'Fry.', 'Boil.'], { minLength: 1 })
        .map(steps => [{ name: null, steps }]),
      keywords: few(['quick'], []),
      nutrition: few({ calories: 100 }, { calories: 120 }, null),
      visibility: few('PUBLIC', 'PRIVATE', null),
    },
    { requiredKeys: ['title', 'recipeIngredient', 'recipeInstructions'] },
  )
  .map(input => recipeInput.parse(input));

/** What an import knows and the graph's input cannot say. */
const anyImport = fc.record({
  totalTime: few('PT40M', null),
  sourceUrl: few('https://example.org/soup', null),
  creditText: few('Ana', null),
  pictures: fc.boolean(),
  fiberContent: few(3, null),
});
const anyLife = fc.record({ first: anyInput, imported: anyImport, edits: fc.array(anyInput, { maxLength: 6 }) });
type Life = typeof anyLife extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function versionsOf({ first, imported: { pictures, fiberContent, ...known }, edits }: Life): RecipeContent[] {
  const written = editedContent(first, null);
  const recipeInstructions = written.recipeInstructions.map(({ name, steps }) => ({
    name,
    steps: steps.map(({ text }) => ({ text, image: pictures ? `https://example.org/${text}jpg` : null })),
  }));
  const nutrition = written.nutrition && { ...written.nutrition, fiberContent };
  const versions: RecipeContent[] = [{ ...written, ...known, recipeInstructions, nutrition }];
  for (const edit of edits) versions.push(editedContent(edit, versions.at(-1) ?? null));
  return versions;
}
const steps = ({ recipeInstructions }: Pick<RecipeContent, 'recipeInstructions'>) =>
  recipeInstructions.flatMap(section => section.steps);
const holds = (check: (before: RecipeContent, draft: RecipeInputDraft, after: RecipeContent, life: Life) => void) => {
  fc.assert(
    fc.property(anyLife, life => {
      const versions = versionsOf(life);
      life.edits.forEach((edit, index) => {
        const [before, after] = [versions[index], versions[index + 1]];
        if (before === undefined || after === undefined) throw new Error('an edit made no version');
        check(before, edit, after, life);
      });
    }),
    { numRuns: 1000 },
  );
};

test('a version says what its author wrote, and keeps what the input cannot say', () => {
  holds((before, draft, after, { imported }) => {
    const { recipeInstructions, nutrition, visibility, totalTime: _none, ...written } = draft;
    expect(after).toMatchObject(written);
    expect(steps(after).map(({ text }) => text)).toEqual(steps({ recipeInstructions }).map(({ text }) => text));
    expect(after).toMatchObject({ sourceUrl: imported.sourceUrl, creditText: imported.creditText });
    expect(after.visibility).toBe(visibility ?? before.visibility);
    // a picture goes with the text of its step, and none is invented
    const pictures = new Map(steps(before).map(({ text, image }) => [text, image]));
    for (const { text, image } of steps(after)) expect(image).toBe(pictures.get(text) ?? null);
    expect(after.nutrition?.calories).toBe(nutrition?.calories);
    if (after.nutrition && before.nutrition) expect(after.nutrition.fiberContent).toBe(before.nutrition.fiberContent);
    const isSameTime = before.prepTime === draft.prepTime && before.cookTime === draft.cookTime;
    expect(after.totalTime).toBe(isSameTime ? before.totalTime : null);
  });
});

test('the same edit made twice changes nothing the second time, and its summary says so', () => {
  holds((_, draft, after) => {
    const again = editedContent(draft, after);
    expect(again).toEqual(after);
    expect(summarise(after, again)).toBe('Changed nothing');
  });
});

test('a summary names a field exactly when it is another one', () => {
  const names = {
    title: 'title',
    prepTime: 'preparation time',
    cookTime: 'cooking time',
    totalTime: 'total time',
  } as const;
  const more = { recipeYield: 'yield', visibility: 'visibility' } as const;
  holds((before, _, after) => {
    const summary = summarise(before, after);
    for (const [field, name] of Object.entries({ ...names, ...more }) as [keyof typeof names, string][]) {
      expect(
        summary
          .replace(/^Changed /, '')
          .split(/, and |, | and /)
          .includes(name),
      ).toBe(before[field] !== after[field]);
    }
    const count = (one: readonly string[], other: readonly string[]) =>
      one.filter(line => !other.includes(line)).length;
    const [old, fresh] = [before.recipeIngredient, after.recipeIngredient];
    const changed = Math.max(count(old, fresh), count(fresh, old));
    const isReordered = changed === 0 && old.join() !== fresh.join();
    const said = /(\d+) ingredient/.exec(summary);
    expect([Number(said?.[1] ?? 0), summary.includes('the order of ingredients')]).toEqual([changed, isReordered]);
  });
});
