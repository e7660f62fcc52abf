import { id, visibility } from '@mealprep360/contracts/vocabulary';
import { z } from 'zod';
import * as draft from './recipe-draft.ts';

/** The lines of parseIngredients: as many as a recipe may have. */
export const ingredientLines = draft.recipeIngredient;

const nullable = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform(value => value ?? null);

const sectionInput = z
  .object({ name: z.string().nullish(), steps: z.array(z.string()) })
  .transform(({ name, steps }) => ({ name: name ?? null, steps: steps.map(text => ({ text, image: null })) }));

/**
 * The graph's RecipeInput, checked and cleaned: content as it is stored (categories by id, visibility null when not
 * given). Input has no total time, pictures of steps or address of origin; who edits a recipe keeps those.
 */
export const recipeInput = z
  .object({
    title: draft.title,
    description: nullable(draft.description),
    image: draft.list(draft.webAddress, draft.MAX_IMAGES, 'images').nullish(),
    recipeYield: nullable(draft.recipeYield),
    prepTime: nullable(draft.duration),
    cookTime: nullable(draft.duration),
    recipeIngredient: draft.recipeIngredient,
    recipeInstructions: draft
      .list(sectionInput, 200, 'sections')
      .transform((sections): unknown[] => sections)
      .pipe(draft.instructions),
    recipeCategory: draft.list(id, draft.MAX_NAMES, 'categories').nullish(),
    recipeCuisine: draft.names(draft.MAX_NAMES, 'cuisines').nullish(),
    keywords: draft.keywords.nullish(),
    nutrition: nullable(draft.nutrition),
    visibility: nullable(visibility),
    license: nullable(draft.webAddress),
  })
  .transform(({ recipeCategory, image, recipeCuisine, keywords, ...rest }) => ({
    ...rest,
    image: image ?? [],
    recipeCuisine: recipeCuisine ?? [],
    keywords: keywords ?? [],
    totalTime: null,
    categoryIds: [...new Set(recipeCategory ?? [])],
  }));

export type RecipeInputDraft = z.output<typeof recipeInput>;
