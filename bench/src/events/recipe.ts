import type { RecipeState } from '@mealprep360/contracts/recipes';
import { newId } from '@mealprep360/mongo/id';

/** A recipe of common length (1 KB as an event). */
export function aRecipe(): RecipeState {
  const id = newId();
  return {
    id,
    slug: `tomato-rice-${id}`,
    title: 'Tomato rice with beans',
    description: 'A pot of rice that cooks in its sauce, for a weekday evening and the lunch after it.',
    ownerId: null,
    visibility: 'PUBLIC',
    recipeYield: '4 servings',
    recipeIngredient: [
      '2 onions, chopped',
      '400 g tomatoes',
      '250 g rice',
      '1 tin of beans (400 g)',
      '3 cloves garlic',
      '1 tbsp olive oil',
      '1 tsp cumin',
      '600 ml vegetable stock',
    ],
    suitableForDiet: ['VEGAN', 'VEGETARIAN'],
    allergens: [{ allergen: 'CELERY', certainty: 'MAY_CONTAIN' }],
    recipeCategory: [],
    recipeCuisine: ['Mediterranean'],
    keywords: ['rice', 'weekday', 'one pot'],
    totalMinutes: 40,
    lastUpdated: new Date(),
  };
}
