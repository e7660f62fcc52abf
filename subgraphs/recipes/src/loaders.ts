import { byId, byParent } from '@mealprep360/service/loader';
import { connectionLoader } from '@mealprep360/service/paging';
import type { Viewer } from '@mealprep360/service/tokens';
import DataLoader from 'dataloader';
import type { Models } from './context.ts';
import { listedFor, visibleTo, type RecipeRecord } from './models/recipe.ts';

export type Loaders = ReturnType<typeof loaders>;

const newestFirst = [
  ['datePublished', -1],
  ['_id', -1],
] as const;

/** One set of loaders for each request: what a list asks for is read in one command for the whole list. */
export const loaders = ({ recipes, categories, ratings, ingredients, versions }: Models, viewer: Viewer) => ({
  /** null also for a recipe that the viewer may not see */
  recipe: new DataLoader<string, RecipeRecord | null>(async ids => {
    const found = await recipes.find({ _id: { $in: [...ids] }, ...visibleTo(viewer) }).lean<RecipeRecord[]>();
    const records = new Map(found.map(recipe => [recipe._id, recipe]));
    return ids.map(id => records.get(id) ?? null);
  }),
  category: byId(categories),
  ingredients: byParent(ingredients, 'recipeId', { position: 1 }),
  viewerRating: new DataLoader<string, number | null>(async recipeIds => {
    if (viewer.userId === null) return recipeIds.map(() => null);
    const mine = await ratings.find({ recipeId: { $in: [...recipeIds] }, userId: viewer.userId }).lean();
    const stars = new Map(mine.map(rating => [rating.recipeId, rating.ratingValue]));
    return recipeIds.map(id => stars.get(id) ?? null);
  }),
  recipesOfUser: connectionLoader({
    model: recipes,
    parent: 'ownerId',
    match: listedFor(viewer),
    sort: newestFirst,
  }),
  recipesOfCategory: connectionLoader({
    model: recipes,
    parent: 'categoryIds',
    unwind: true,
    match: listedFor(viewer),
    sort: newestFirst,
  }),
  reviews: connectionLoader({
    model: ratings,
    parent: 'recipeId',
    match: { reviewBody: { $ne: null } },
    sort: [
      ['dateCreated', -1],
      ['_id', -1],
    ],
  }),
  versions: connectionLoader({ model: versions, parent: 'recipeId', match: {}, sort: [['version', -1]] }),
});
