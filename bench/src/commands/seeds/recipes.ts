import { allergen, restrictedDiet } from '@mealprep360/contracts/vocabulary';
import { copies } from '@mealprep360/events/copy';
import type { Database } from '@mealprep360/mongo/database';
import { newId } from '@mealprep360/mongo/id';
import { foodKey } from '@mealprep360/quantity/food-key';
import { parseLine } from '@mealprep360/quantity/parse-line';
import { contentOf } from '@mealprep360/recipes/domain/recipe-content';
import { recipeCategoryCollection } from '@mealprep360/recipes/models/recipe-category';
import { recipeIngredientCollection } from '@mealprep360/recipes/models/recipe-ingredient';
import { recipeRatingCollection } from '@mealprep360/recipes/models/recipe-rating';
import { recipeVersionCollection } from '@mealprep360/recipes/models/recipe-version';
import { recipeCollection, type RecipeRecord } from '@mealprep360/recipes/models/recipe';
import { savedRecipeCollection } from '@mealprep360/recipes/models/saved-recipe';
import { userCopyCollection } from '@mealprep360/recipes/models/user-copy';
import type { Seed, Size } from '../measure.ts';
import { hour, times } from './times.ts';

/** Recipes of one author with all that belongs to them. The author looks, and searches by food. */
export const seedRecipes: Seed = async (db, size) => {
  const author = newId();
  const foods = times(size('RecipeEdge.reasons'), index => `food ${letters(index)}`);
  const lists = ['Query.recipes', 'User.recipes', 'RecipeCategory.recipes', '_entities.Recipe'];
  const ofViewer = ['User.savedRecipes', 'User.recommendedRecipes'];
  const count = Math.max(...[...lists, ...ofViewer].map(list => size(list)));
  const perRecipe = size('Recipe.recipeCategory', 20);
  const wanted = [size('Query.recipeCategories'), size('_entities.RecipeCategory'), perRecipe];
  const categories = times(Math.max(...wanted, count), newId);
  const recipes = times(count, index => recipe(index, author, foods, categoriesOf(index, perRecipe, categories), size));
  await db.model(recipeCategoryCollection).insertMany(
    categories.map((_id, index) => ({
      ...{ _id, slug: `category-${index}`, name: `Category ${index}`, parentId: categories[index - 1] ?? null },
    })),
  );
  await db.model(recipeCollection).insertMany(recipes);
  await seedParts(db, recipes, size);
  await seedTaste(db, author, recipes.slice(0, size('User.savedRecipes')));
  return {
    viewer: { userId: author },
    arguments: {
      'Query.recipe.id': recipes[0]?._id,
      'Query.recipes.filter': { authorId: author, includeIngredients: foods },
      'Query.parseIngredients.lines': times(size('Query.parseIngredients'), index => `${index + 1} g flour`),
      '_entities.Recipe': recipes.map(({ _id }) => _id),
      '_entities.RecipeCategory': categories.slice(0, size('_entities.RecipeCategory')),
      '_entities.User': times(size('_entities.User'), index => (index === 0 ? author : newId())),
    },
  };
};

async function seedTaste(db: Database, userId: string, saved: readonly RecipeRecord[]): Promise<void> {
  const anything = { diets: [], allergens: [], dislikedIngredients: [], favoriteCuisines: [] };
  await copies(userCopyCollection, { db }).keep(userId, 1, anything);
  const save = ({ _id: recipeId }: RecipeRecord, index: number) => ({
    ...{ _id: newId(), userId, recipeId, dateSaved: hour(index) },
  });
  await db.model(savedRecipeCollection).insertMany(saved.map(save));
}

const letters = (index: number): string =>
  index.toString(26).replace(/./g, digit => String.fromCharCode(97 + parseInt(digit, 26)));

/** The first category holds every recipe; the others of a recipe are, as far as they reach, its own. */
const categoriesOf = (index: number, count: number, all: readonly string[]): string[] => {
  const others = all.slice(1);
  const own = times(count - 1, nth => others[(index * (count - 1) + nth) % others.length] ?? '');
  return [...all.slice(0, 1), ...own];
};

function recipe(
  index: number,
  ownerId: string,
  foods: readonly string[],
  categoryIds: string[],
  size: Size,
): RecipeRecord {
  const because = times(size('AllergenFinding.because'), nth => `${nth} eggs`);
  const findings = allergen.options.slice(0, size('Recipe.allergens', allergen.options.length));
  const names = (list: string, most: number) => times(size(list, most), nth => `name ${nth}`);
  return {
    ...{ _id: newId(), slug: `recipe-${index}`, ownerId, title: `Recipe ${index}`, description: 'A dish.' },
    image: times(size('Recipe.image', 20), nth => `https://example.org/${nth}.jpg`),
    ...{ recipeYield: '4 servings', prepTime: 'PT10M', cookTime: 'PT20M', totalTime: 'PT30M', totalMinutes: 30 },
    recipeIngredient: times(size('Recipe.recipeIngredient'), nth => `${nth + 1} g flour`),
    recipeInstructions: instructions(size, 'Recipe.recipeInstructions'),
    ...{ categoryIds, recipeCuisine: names('Recipe.recipeCuisine', 20), keywords: names('Recipe.keywords', 50) },
    ...{
      nutrition: null,
      sourceUrl: null,
      creditText: null,
      license: null,
      visibility: 'PUBLIC',
      foods: foods.map(foodKey),
    },
    suitableForDiet: restrictedDiet.options.slice(0, size('Recipe.suitableForDiet', restrictedDiet.options.length)),
    allergens: findings.map(each => ({ allergen: each, certainty: 'CONTAINS', because })),
    ...{ version: 1, ratingSum: 8, ratingCount: 2, datePublished: hour(index), dateModified: hour(index) },
  };
}

const instructions = (size: Size, list: string) =>
  times(size(list), section => ({
    name: `Part ${section}`,
    steps: times(size('HowToSection.itemListElement'), nth => ({ text: `Step ${nth}.`, image: null })),
  }));

async function seedParts(db: Database, recipes: readonly RecipeRecord[], size: Size): Promise<void> {
  const each = <Part>(list: string, make: (recipe: RecipeRecord, index: number) => Part) =>
    recipes.flatMap(recipe => times(size(list), index => make(recipe, index)));
  await db.model(recipeIngredientCollection).insertMany(
    each('Recipe.ingredients', ({ _id: recipeId }, position) => ({
      ...{ _id: newId(), recipeId, position, ...parseLine(`${position + 1} cups flour`) },
    })),
  );
  await db.model(recipeRatingCollection).insertMany(
    each('Recipe.reviews', ({ _id: recipeId }, index) => ({
      ...{ _id: newId(), recipeId, userId: newId(), ratingValue: 4 },
      ...{ reviewBody: 'Good.', version: 1, dateCreated: hour(index) },
    })),
  );
  await db.model(recipeVersionCollection).insertMany(
    each('Recipe.versions', (recipe, index) => ({
      ...{ _id: newId(), recipeId: recipe._id, version: index + 1, authorId: recipe.ownerId },
      ...{ dateCreated: hour(index), summary: 'Changed.', content: snapshot(recipe, size) },
    })),
  );
}

const snapshot = (recipe: RecipeRecord, size: Size) => ({
  ...contentOf(recipe),
  recipeIngredient: times(size('RecipeSnapshot.recipeIngredient'), nth => `${nth + 1} g flour`),
  recipeInstructions: instructions(size, 'RecipeSnapshot.recipeInstructions'),
});
