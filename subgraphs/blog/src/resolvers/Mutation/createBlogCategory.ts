import { newId } from '@mealprep360/mongo/id';
import { fault, valid } from '@mealprep360/service/fault';
import { operatorsOnly } from '@mealprep360/service/viewer';
import { z } from 'zod';
import { nameKey } from '../../domain/post-input.ts';
import { writtenLine } from '../../domain/written-text.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { MAX_CATEGORIES } from '../../models/blog-category.ts';
import { freeSlug } from '../../names.ts';

const input = z.object({ name: writtenLine('A name', 100) });

export const createBlogCategory: NonNullable<MutationResolvers['createBlogCategory']> = async (
  _,
  args,
  { viewer, commit },
) => {
  operatorsOnly(viewer);
  const { name } = valid(input, args);
  return commit(async work => {
    const { categories, session } = work;
    const key = nameKey(name);
    if (await categories.exists({ key }).session(session)) {
      throw fault('CATEGORY_EXISTS', `There is a category ${name} already.`, ['name']);
    }
    if ((await categories.countDocuments({}, { session })) >= MAX_CATEGORIES) {
      throw fault('TOO_MANY_CATEGORIES', `There are ${MAX_CATEGORIES} categories, the most there may be.`);
    }
    const _id = newId();
    const category = { _id, slug: await freeSlug(work, categories, name, 'category', _id), name, key };
    await categories.create([category], { session });
    return { category, userErrors: [] };
  });
};
