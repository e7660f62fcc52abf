import { id } from '@mealprep360/contracts/vocabulary';
import { fault, valid } from '@mealprep360/service/fault';
import { operatorsOnly } from '@mealprep360/service/viewer';
import { z } from 'zod';
import type { MutationResolvers } from '../../generated/types.ts';
import { MAX_CATEGORIES } from '../../models/recipe-category.ts';
import { createCategory, findCategory } from '../../recipe-categories.ts';

const input = z.object({
  name: z.string().trim().min(1, 'A category has a name.').max(100, 'A name has at most 100 characters.'),
  parentId: id.nullish(),
});

export const createRecipeCategory: NonNullable<MutationResolvers['createRecipeCategory']> = (
  _,
  args,
  { viewer, commit },
) => {
  operatorsOnly(viewer);
  const { name, parentId } = valid(input, args);
  return commit(async work => {
    if (await findCategory(work, name)) {
      throw fault('CATEGORY_EXISTS', `There is a category ${name} already.`, ['name']);
    }
    if (parentId && !(await work.categories.exists({ _id: parentId }).session(work.session))) {
      throw fault('CATEGORY_NOT_FOUND', 'There is no parent category of this id.', ['parentId']);
    }
    const category = await createCategory(work, name, parentId ?? null);
    if (category === null)
      throw fault('TOO_MANY_CATEGORIES', `There are ${MAX_CATEGORIES} categories, the most there may be.`);
    return { category, userErrors: [] };
  });
};
