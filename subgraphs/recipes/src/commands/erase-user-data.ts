import { asErased, AT_ONCE, eraseUserData as erases, type Part } from '@mealprep360/events/erase-user-data';
import { deleteSome } from '@mealprep360/mongo/delete-some';
import type { Work } from '../context.ts';
import { ratingChange } from '../domain/rating.ts';
import { outbox } from '../models/outbox.ts';
import type { RecipeRatingRecord } from '../models/recipe-rating.ts';
import type { RecipeRecord } from '../models/recipe.ts';
import { deleteRecipe } from '../recipe-aggregate.ts';

const RECIPES = 20;

/** A recipe goes for everybody, with what others said of it; first what there may be much of, then the recipe. */
const ownRecipes: Part<Work> = async (ownerId, work) => {
  const { session } = work;
  const recipes = await work.recipes.find({ ownerId }).limit(RECIPES).session(session).lean<RecipeRecord[]>();
  const of = { recipeId: { $in: recipes.map(({ _id }) => _id) } };
  let recordsErased = 0;
  for (const taken of [
    () => deleteSome(work.ratings, of, work),
    () => deleteSome(work.saved, of, work),
    () => deleteSome(work.versions, of, work),
    () => deleteSome(work.ingredients, of, work),
  ]) {
    recordsErased += await taken();
    if (recordsErased >= AT_ONCE) return { recordsErased };
  }
  for (const recipe of recipes) await deleteRecipe(asErased(work), recipe);
  return { recordsErased: recordsErased + recipes.length };
};

/** What the person said of others' recipes leaves their stars, too. */
const ratings: Part<Work> = async (userId, work) => {
  const { session } = work;
  const given = await work.ratings.find({ userId }).limit(AT_ONCE).session(session).lean<RecipeRatingRecord[]>();
  if (given.length === 0) return {};
  const without = given.map(({ recipeId, ratingValue }) => ({
    updateOne: { filter: { _id: recipeId }, update: { $inc: ratingChange(ratingValue, null) } },
  }));
  await work.recipes.bulkWrite(without, { session });
  await work.ratings.deleteMany({ _id: { $in: given.map(({ _id }) => _id) } }, { session });
  return { recordsErased: given.length };
};

const saves: Part<Work> = async (userId, work) => ({
  recordsErased: await deleteSome(work.saved, { userId }, work),
});

const copy: Part<Work> = async (userId, { userCopies }) => {
  const isThere = (await userCopies.get(userId)) !== null;
  if (isThere) await userCopies.drop(userId);
  return { events: isThere ? 1 : 0 };
};

/** All that a person keeps here goes; nothing is anonymised. */
export const eraseUserData = erases<Work>('recipes', outbox, [ownRecipes, ratings, saves, copy]);
