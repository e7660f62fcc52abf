import { newId } from '@mealprep360/mongo/id';
import { slugOf } from '@mealprep360/service/slug';
import type { Work } from './context.ts';
import { MAX_CATEGORIES, type RecipeCategoryRecord } from './models/recipe-category.ts';

/** The ids of the categories of these names; one that is not there yet is made while there is room for it. */
export async function categoriesNamed(work: Work, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of new Set(names)) {
    const category = (await findCategory(work, name)) ?? (await createCategory(work, name, null));
    if (category !== null) ids.push(category._id);
  }
  return [...new Set(ids)];
}

/** The ids of those of these names that are categories already: what an import may use without making new ones. */
export async function knownCategories(work: Work, names: readonly string[]): Promise<string[]> {
  const slugs = names.map(name => slugOf(name, 'recipe'));
  const found = await work.categories
    .find({ slug: { $in: slugs } })
    .session(work.session)
    .lean<RecipeCategoryRecord[]>();
  return found.map(category => category._id);
}

export const findCategory = (work: Work, name: string): Promise<RecipeCategoryRecord | null> =>
  work.categories
    .findOne({ slug: slugOf(name, 'recipe') })
    .session(work.session)
    .lean<RecipeCategoryRecord>();

/** null when there are as many categories as there may be. */
export async function createCategory(
  work: Work,
  name: string,
  parentId: string | null,
): Promise<RecipeCategoryRecord | null> {
  if ((await work.categories.countDocuments({}, { session: work.session })) >= MAX_CATEGORIES) return null;
  const category = { _id: newId(), slug: slugOf(name, 'recipe'), name, parentId };
  await work.categories.create([category], { session: work.session });
  return category;
}
