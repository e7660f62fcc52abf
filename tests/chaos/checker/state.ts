import type { OutboxRow } from '@mealprep360/events/outbox';
import { isDeepStrictEqual } from 'node:util';
import { byDayAndMeal } from '../../../subgraphs/mealplans/src/domain/plan.ts';
import type { MealPlanItemRecord } from '../../../subgraphs/mealplans/src/models/meal-plan-item.ts';
import { mealPlanStateOf, type MealPlanRecord } from '../../../subgraphs/mealplans/src/models/meal-plan.ts';
import type { SkippedDayRecord } from '../../../subgraphs/mealplans/src/models/skipped-day.ts';
import type { RecipeRatingRecord } from '../../../subgraphs/recipes/src/models/recipe-rating.ts';
import { recipeStateOf, type RecipeRecord } from '../../../subgraphs/recipes/src/models/recipe.ts';
import type { ShoppingItemRecord } from '../../../subgraphs/shopping/src/models/shopping-item.ts';
import { shoppingListStateOf, type ShoppingListRecord } from '../../../subgraphs/shopping/src/models/shopping-list.ts';
import type { Poison } from './letters.ts';
import { isEnd, lastOf, type Evidence, type Said } from './evidence.ts';

interface Owned {
  id: string;
  version: number;
  state: object;
}

/** (1) What each service owns is what it last said of it, and nothing else is there. */
export async function stateViolations(evidence: Evidence, said: Said, poison: readonly Poison[]): Promise<string[]> {
  const saidOfRecipes = lastOf(said, 'recipes', 'Recipe');
  // nobody owns what the poison is of
  for (const { aggregateId } of poison) saidOfRecipes.delete(aggregateId);
  return [
    ...compare('Recipe', await recipes(evidence), saidOfRecipes),
    ...compare('RecipeRating', await ratings(evidence), lastOf(said, 'recipes', 'RecipeRating')),
    ...compare('MealPlan', await plans(evidence), lastOf(said, 'mealplans', 'MealPlan')),
    ...compare('ShoppingList', await lists(evidence), lastOf(said, 'shopping', 'ShoppingList')),
    ...(await sumViolations(evidence)),
  ];
}

function compare(type: string, owned: readonly Owned[], last: ReadonlyMap<string, OutboxRow>): string[] {
  const there = new Map(owned.map(one => [one.id, one]));
  const ids = new Set([...there.keys(), ...last.keys()]);
  return [...ids].flatMap(id => {
    const [now, event] = [there.get(id), last.get(id)];
    if (event === undefined) return [`${type} ${id} is there, and was never said`];
    if (isEnd(event)) return now === undefined ? [] : [`${type} ${id} is there, and was said to be deleted`];
    if (now === undefined) return [`${type} ${id} is gone, and was never said to be`];
    if (now.version !== event.version)
      return [`${type} ${id} is at ${now.version}, and was said to be at ${event.version}`];
    const data = event.eventData as Record<string, unknown>;
    const wrong = Object.entries(now.state).filter(([key, value]) => !isDeepStrictEqual(value, data[key]));
    return wrong.map(([key]) => `${type} ${id} has another ${key} than was said`);
  });
}

const recipes = async (evidence: Evidence): Promise<Owned[]> =>
  (await evidence.rows<RecipeRecord>('recipes', 'recipes')).map(recipe => ({
    id: recipe._id,
    version: recipe.version,
    state: recipeStateOf(recipe),
  }));

const ratings = async (evidence: Evidence): Promise<Owned[]> =>
  (await evidence.rows<RecipeRatingRecord>('recipes', 'recipe_ratings')).map(
    ({ _id: id, version, recipeId, userId, ratingValue }) => ({
      id,
      version,
      state: { id, recipeId, userId, ratingValue },
    }),
  );

async function plans(evidence: Evidence): Promise<Owned[]> {
  const items = Map.groupBy(
    await evidence.rows<MealPlanItemRecord>('mealplans', 'meal_plan_items'),
    row => row.mealPlanId,
  );
  const skipped = Map.groupBy(
    await evidence.rows<SkippedDayRecord>('mealplans', 'skipped_days'),
    row => row.mealPlanId,
  );
  const said = await evidence.rows<MealPlanRecord>('mealplans', 'meal_plans', {
    status: { $in: ['ACTIVE', 'ARCHIVED'] },
  });
  return said.map(plan => ({
    id: plan._id,
    version: plan.version,
    state: mealPlanStateOf(plan, {
      ...plan,
      items: (items.get(plan._id) ?? []).toSorted(byDayAndMeal),
      skippedDays: (skipped.get(plan._id) ?? []).toSorted((a, b) => (a.date < b.date ? -1 : 1)),
    }),
  }));
}

async function lists(evidence: Evidence): Promise<Owned[]> {
  const items = await evidence.rows<ShoppingItemRecord>('shopping', 'shopping_items', { listed: true });
  const counts = Map.groupBy(items, item => item.listId);
  return (await evidence.rows<ShoppingListRecord>('shopping', 'shopping_lists')).map(list => {
    const { cause: _, ...state } = shoppingListStateOf(list, counts.get(list._id)?.length ?? 0, 'OTHER');
    return { id: list._id, version: list.version, state };
  });
}

/** What is counted beside what it counts: stars, likes. */
async function sumViolations(evidence: Evidence): Promise<string[]> {
  const stars = Map.groupBy(await evidence.rows<RecipeRatingRecord>('recipes', 'recipe_ratings'), row => row.recipeId);
  const rated = (await evidence.rows<RecipeRecord>('recipes', 'recipes')).flatMap(recipe => {
    const own = stars.get(recipe._id) ?? [];
    const sum = own.reduce((all, { ratingValue }) => all + ratingValue, 0);
    const isRight = recipe.ratingCount === own.length && recipe.ratingSum === sum;
    return isRight ? [] : [`Recipe ${recipe._id} counts ${recipe.ratingCount} ratings, and has ${own.length}`];
  });
  const likes = Map.groupBy(await evidence.rows<{ postId: string }>('social', 'likes'), like => like.postId);
  const posts = await evidence.rows<{ _id: string; likeCount: number }>('social', 'social_posts');
  const liked = posts.flatMap(({ _id, likeCount }) => {
    const count = likes.get(_id)?.length ?? 0;
    return count === likeCount ? [] : [`post ${_id} counts ${likeCount} likes, and has ${count}`];
  });
  return [...rated, ...liked];
}
