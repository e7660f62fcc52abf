import { RecipeCreated, RecipeDeleted, RecipeUpdated } from '@mealprep360/contracts/recipes';
import { newId } from '@mealprep360/mongo/id';
import { foodKey } from '@mealprep360/quantity/food-key';
import { parseLines } from '@mealprep360/quantity/parse-line';
import { id } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import { slugOf } from '@mealprep360/service/slug';
import type { Viewer } from '@mealprep360/service/tokens';
import type { Work } from './context.ts';
import { findAllergens } from './domain/allergens.ts';
import { suitableForDiet } from './domain/diets.ts';
import { totalMinutesOf } from './domain/duration.ts';
import { editedContent } from './domain/edited-content.ts';
import { summarise } from './domain/edit.ts';
import { contentOf, type RecipeContent } from './domain/recipe-content.ts';
import type { RecipeInputDraft } from './domain/recipe-input.ts';
import { recipeStateOf, visibleTo, type RecipeRecord } from './models/recipe.ts';

// The recipe, its parsed lines and its versions change together, and each change is said once.

/** A recipe begins, with its first version. `ownerId` is null for one that comes with the system. */
export async function createRecipe(
  work: Work,
  content: RecipeContent,
  origin: { ownerId: string | null; datePublished?: Date | null },
): Promise<RecipeRecord> {
  const _id = newId();
  const recipe: RecipeRecord = {
    ...contentOf(content),
    ...derived(content),
    _id,
    slug: await freeSlug(work, content.title, _id),
    ownerId: origin.ownerId,
    version: 1,
    ratingSum: 0,
    ratingCount: 0,
    datePublished: origin.datePublished ?? work.now,
    dateModified: work.now,
  };
  await work.recipes.create([recipe], { session: work.session });
  await keepParts(work, recipe, 'Created');
  work.emit(RecipeCreated.of(_id, recipe.version, recipeStateOf(recipe)));
  return recipe;
}

/** The next version of a recipe; its slug stays, so that links to it hold. Throws a Fault CONFLICT. */
export async function editRecipe(
  work: Work,
  before: RecipeRecord,
  content: RecipeContent,
  summary = summarise(before, content),
): Promise<RecipeRecord> {
  const recipe: RecipeRecord = {
    ...before,
    ...contentOf(content),
    ...derived(content),
    version: before.version + 1,
    dateModified: work.now,
  };
  const { _id, ...fields } = recipe;
  const replaced = await work.recipes.replaceOne({ _id, version: before.version }, fields, { session: work.session });
  if (replaced.matchedCount === 0) throw conflict(before.version);
  await work.ingredients.deleteMany({ recipeId: _id }, { session: work.session });
  await keepParts(work, recipe, summary);
  if (recipe.visibility === 'PRIVATE') await forgetSaves(work, recipe, { exceptOf: recipe.ownerId });
  work.emit(RecipeUpdated.of(_id, recipe.version, recipeStateOf(recipe)));
  return recipe;
}

/** A recipe goes, with its lines, versions, ratings and saves. */
export async function deleteRecipe(work: Work, recipe: RecipeRecord): Promise<void> {
  const { session } = work;
  await work.recipes.deleteOne({ _id: recipe._id }, { session });
  await work.ingredients.deleteMany({ recipeId: recipe._id }, { session });
  await work.versions.deleteMany({ recipeId: recipe._id }, { session });
  await work.ratings.deleteMany({ recipeId: recipe._id }, { session });
  await forgetSaves(work, recipe, { exceptOf: null });
  work.entomb('Recipe', recipe._id);
  work.emit(RecipeDeleted.of(recipe._id, recipe.version + 1, { id: recipe._id }));
}

/** What people may not see any more is not saved by them any more. */
async function forgetSaves(work: Work, { _id }: RecipeRecord, { exceptOf }: { exceptOf: string | null }) {
  await work.saved.deleteMany({ recipeId: _id, userId: { $ne: exceptOf } }, { session: work.session });
}

export const conflict = (expected: number) =>
  fault('CONFLICT', `This recipe is no longer at version ${expected}. Read it again and repeat your edit.`, [
    'expectedVersion',
  ]);

async function keepParts(work: Work, recipe: RecipeRecord, summary: string): Promise<void> {
  const { _id: recipeId, version } = recipe;
  const lines = parseLines(recipe.recipeIngredient).map((line, position) => ({
    _id: newId(),
    recipeId,
    position,
    ...line,
  }));
  await work.ingredients.insertMany(lines, { session: work.session });
  const authorId = work.actor.userId;
  const kept = {
    _id: newId(),
    recipeId,
    version,
    authorId,
    dateCreated: work.now,
    summary,
    content: contentOf(recipe),
  };
  await work.versions.create([kept], { session: work.session });
}

function derived(content: RecipeContent) {
  const lines = parseLines(content.recipeIngredient);
  return {
    totalMinutes: totalMinutesOf(content),
    suitableForDiet: suitableForDiet(lines, content.title),
    allergens: findAllergens(lines),
    foods: [...new Set(lines.map(line => foodKey(line.food)).filter(key => key !== ''))],
  };
}

async function freeSlug(work: Work, title: string, id: string): Promise<string> {
  const slug = slugOf(title, 'recipe');
  const taken = await work.recipes.exists({ slug }).session(work.session);
  return taken === null ? slug : `${slug}-${id.slice(-6)}`;
}

/** What an author gave, with what it does not say taken from what was there (null: a new recipe). Throws a Fault for an unknown category. */
export async function contentFrom(
  work: Work,
  draft: RecipeInputDraft,
  before: Omit<RecipeContent, 'title'> | null,
): Promise<RecipeContent> {
  const { categoryIds } = draft;
  const known = await work.categories.countDocuments({ _id: { $in: categoryIds } }, { session: work.session });
  if (known < categoryIds.length) {
    throw fault('CATEGORY_NOT_FOUND', 'There is no category of one of these ids; see recipeCategories.', [
      'input',
      'recipeCategory',
    ]);
  }
  return editedContent(draft, before);
}

/** A recipe that this user may edit. Throws a Fault RECIPE_NOT_FOUND for all others, seen or not. */
export async function ownRecipe(work: Work, userId: string, recipeId: string): Promise<RecipeRecord> {
  const _id = valid(id, recipeId, ['id']);
  const recipe = await work.recipes.findOne({ _id, ownerId: userId }).session(work.session).lean<RecipeRecord>();
  if (recipe === null) throw fault('RECIPE_NOT_FOUND', 'You have no recipe of this id.', ['id']);
  return recipe;
}

/** A recipe that this viewer may open. Throws a Fault RECIPE_NOT_FOUND. */
export async function visibleRecipe(work: Work, viewer: Viewer, recipeId: string): Promise<RecipeRecord> {
  const _id = valid(id, recipeId, ['recipeId']);
  const recipe = await work.recipes
    .findOne({ _id, ...visibleTo(viewer) })
    .session(work.session)
    .lean<RecipeRecord>();
  if (recipe === null) throw fault('RECIPE_NOT_FOUND', 'There is no recipe of this id.', ['recipeId']);
  return recipe;
}
