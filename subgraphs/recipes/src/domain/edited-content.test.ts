import { describe, expect, it } from 'vitest';
import { editedContent } from './edited-content.ts';
import { recipeInput } from './recipe-input.ts';

const input = {
  title: 'Soup',
  prepTime: 'PT10M',
  recipeIngredient: ['1 onion'],
  recipeInstructions: [{ steps: ['Chop.', 'Boil.'] }],
  nutrition: { calories: 120 },
};
const first = editedContent(recipeInput.parse(input), null);
const before = {
  ...first,
  totalTime: 'PT40M',
  sourceUrl: 'https://example.org/soup',
  creditText: 'Ana',
  visibility: 'PUBLIC' as const,
  recipeInstructions: [{ name: null, steps: [{ text: 'Chop.', image: 'https://example.org/chop.jpg' }] }],
  nutrition: { ...first.nutrition!, fiberContent: 3 },
};

describe('an edit', () => {
  it('keeps what the input cannot say: total time, source, credit, pictures of steps, other nutrients', () => {
    expect(editedContent(recipeInput.parse({ ...input, title: 'Broth' }), before)).toMatchObject({
      title: 'Broth',
      totalTime: 'PT40M',
      sourceUrl: 'https://example.org/soup',
      creditText: 'Ana',
      visibility: 'PUBLIC',
      recipeInstructions: [
        {
          steps: [
            { text: 'Chop.', image: 'https://example.org/chop.jpg' },
            { text: 'Boil.', image: null },
          ],
        },
      ],
      nutrition: { calories: 120, fiberContent: 3 },
    });
  });

  it('drops a total time whose parts changed, and a picture whose step changed', () => {
    const changed = { ...input, prepTime: 'PT20M', recipeInstructions: [{ steps: ['Chop finely.'] }] };
    expect(editedContent(recipeInput.parse(changed), before)).toMatchObject({
      totalTime: null,
      recipeInstructions: [{ steps: [{ text: 'Chop finely.', image: null }] }],
    });
  });

  it('takes nutrition away when none is given', () => {
    expect(editedContent(recipeInput.parse({ ...input, nutrition: null }), before).nutrition).toBeNull();
  });

  it('of nothing is a private recipe without a source', () => {
    expect(first).toMatchObject({ visibility: 'PRIVATE', sourceUrl: null, creditText: null, totalTime: null });
  });
});
