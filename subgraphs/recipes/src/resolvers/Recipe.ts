import type { IngredientLine } from '@mealprep360/quantity/ingredient-line';
import { scaleLine } from '@mealprep360/quantity/scale';
import { parseYield } from '@mealprep360/quantity/yield';
import { convertMeasure, type MeasurementSystem } from '@mealprep360/quantity/units';
import { fault } from '@mealprep360/service/fault';
import { meanRating } from '../domain/rating.ts';
import { toJsonLd } from '../domain/to-json-ld.ts';
import type { RecipeResolvers } from '../generated/types.ts';

export const Recipe: RecipeResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.recipe.load(id),
  id: recipe => recipe._id,
  user: recipe => (recipe.ownerId === null ? null : { id: recipe.ownerId }),
  recipeYield: recipe => parseYield(recipe.recipeYield),
  ingredients: async (recipe, { servings, system }, { loaders }) => {
    const lines = await loaders.ingredients.load(recipe._id);
    const factor = servings == null ? 1 : servings / servingsOf(recipe.recipeYield, servings);
    return lines.map(line => {
      const scaled = scaleLine(line, factor);
      return system == null ? scaled : inSystem(scaled, system);
    });
  },
  recipeInstructions: recipe =>
    recipe.recipeInstructions.map(section => ({
      name: section.name,
      itemListElement: section.steps.map((step, index) => ({
        position: index + 1,
        text: step.text,
        image: step.image,
      })),
    })),
  recipeCategory: async (recipe, _, { loaders }) => {
    const categories = await Promise.all(recipe.categoryIds.map(id => loaders.category.load(id)));
    return categories.filter(category => category !== null);
  },
  aggregateRating: recipe => {
    const ratingValue = meanRating(recipe);
    return ratingValue === null ? null : { ratingValue, ratingCount: recipe.ratingCount };
  },
  reviews: (recipe, { first, after }, { loaders }) => loaders.reviews.load(recipe._id, { first, after }),
  viewerRating: (recipe, _, { loaders }) => loaders.viewerRating.load(recipe._id),
  viewerHasSaved: (recipe, _, { loaders }) => loaders.viewerHasSaved.load(recipe._id),
  versions: (recipe, { first, after }, { loaders }) => loaders.versions.load(recipe._id, { first, after }),
  jsonLd: async (recipe, _, { loaders }) => {
    const categories = await Promise.all(recipe.categoryIds.map(id => loaders.category.load(id)));
    const recipeCategory = categories.filter(category => category !== null).map(category => category.name);
    return toJsonLd({ ...recipe, recipeCategory, datePublished: recipe.datePublished.toISOString() });
  },
};

/** How many the recipe serves as written; one that does not say is taken to serve as many as are asked for. */
function servingsOf(recipeYield: string | null, asked: number): number {
  if (!Number.isFinite(asked) || asked <= 0 || asked > 1000) {
    throw fault('INVALID_SERVINGS', `servings is a number above 0 and up to 1000, not ${asked}.`, ['servings']);
  }
  return parseYield(recipeYield)?.value ?? asked;
}

function inSystem(line: IngredientLine, system: MeasurementSystem): IngredientLine {
  if (line.quantity === null || line.unit === null) return line;
  const { quantity, quantityMax, unit } = convertMeasure(
    { quantity: line.quantity, quantityMax: line.quantityMax, unit: line.unit },
    system,
  );
  return { ...line, quantity, quantityMax, unit };
}
