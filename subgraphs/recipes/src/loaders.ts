import { byId, byParent } from '@mealprep360/service/loader';
import { connectionLoader, type PageArgs } from '@mealprep360/service/paging';
import DataLoader from 'dataloader';
import type { Context } from './context.ts';
import { listedFor, visibleTo, type RecipeRecord } from './models/recipe.ts';
import { recommend, type Recommendations } from './recommend.ts';

export type Loaders = ReturnType<typeof loaders>;

const newestFirst = [
  ['datePublished', -1],
  ['_id', -1],
] as const;

/** One set of loaders for each request: what a list asks for is read in one command for the whole list. */
export const loaders = (context: Omit<Context, 'loaders'>) => ({
  ...ofRecipes(context),
  ...ofLists(context),
  recommendations: recommendations(context),
});

const ofRecipes = ({
  models: { recipes, categories, ratings, ingredients, saved },
  viewer,
}: Omit<Context, 'loaders'>) => ({
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
  viewerHasSaved: new DataLoader<string, boolean>(async recipeIds => {
    if (viewer.userId === null) return recipeIds.map(() => false);
    const mine = await saved.find({ userId: viewer.userId, recipeId: { $in: [...recipeIds] } }, { recipeId: 1 }).lean();
    const kept = new Set(mine.map(save => save.recipeId));
    return recipeIds.map(id => kept.has(id));
  }),
});

const ofLists = ({ models: { recipes, ratings, versions, saved }, viewer }: Omit<Context, 'loaders'>) => ({
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
  savesOfUser: connectionLoader({
    model: saved,
    parent: 'userId',
    match: {},
    sort: [
      ['dateSaved', -1],
      ['_id', -1],
    ],
  }),
});

/** However often a user stands in an answer, what is recommended to them is looked up once. */
function recommendations(context: Omit<Context, 'loaders'>) {
  const pages = new Map<string, Promise<Recommendations>>();
  return (userId: string, args: PageArgs): Promise<Recommendations> => {
    const key = JSON.stringify([userId, args.first, args.after ?? null]);
    const page = pages.get(key) ?? recommend(context, userId, args);
    pages.set(key, page);
    return page;
  };
}
