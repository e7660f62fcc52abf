import type { RecipeContent } from './recipe-content.ts';
import type { RecipeInputDraft } from './recipe-input.ts';

/**
 * What a recipe says after an edit (before: null for a new one). The graph's input has no total time, pictures of
 * steps, source, credit and only some of the nutrients: those stay as they were. A total time goes when the times it
 * sums up change, a picture with the text of its step.
 */
export function editedContent(draft: RecipeInputDraft, before: Omit<RecipeContent, 'title'> | null): RecipeContent {
  const sameTimes = before?.prepTime === draft.prepTime && before.cookTime === draft.cookTime;
  const steps = before?.recipeInstructions.flatMap(section => section.steps) ?? [];
  const pictures = new Map(steps.map(step => [step.text, step.image]));
  return {
    ...draft,
    recipeInstructions: draft.recipeInstructions.map(({ name, steps: written }) => ({
      name,
      steps: written.map(({ text, image }) => ({ text, image: image ?? pictures.get(text) ?? null })),
    })),
    nutrition: nutritionAfter(draft.nutrition, before?.nutrition ?? null),
    totalTime: sameTimes ? before.totalTime : null,
    sourceUrl: before?.sourceUrl ?? null,
    creditText: before?.creditText ?? null,
    visibility: draft.visibility ?? before?.visibility ?? 'PRIVATE',
  };
}

type Nutrition = RecipeContent['nutrition'];

// No figures given takes all away; some given leave those that the input has no field for.
function nutritionAfter(given: Nutrition, before: Nutrition): Nutrition {
  if (given === null || before === null) return given;
  const { saturatedFatContent, fiberContent, sugarContent, cholesterolContent } = before;
  return { ...given, saturatedFatContent, fiberContent, sugarContent, cholesterolContent };
}
