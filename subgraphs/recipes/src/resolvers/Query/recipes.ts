import { valid } from '@mealprep360/service/fault';
import { page } from '@mealprep360/service/paging';
import { searchOf, searchInput } from '../../models/recipe-search.ts';
import type { QueryResolvers } from '../../generated/types.ts';

export const recipes: NonNullable<QueryResolvers['recipes']> = async (
  _,
  { filter, orderBy, first, after },
  { models, viewer },
) => {
  const search = searchOf(valid(searchInput, filter ?? {}, ['filter']), orderBy, viewer);
  return { ...(await page({ model: models.recipes, ...search }, { first, after })), reasonsFor: () => search.reasons };
};
